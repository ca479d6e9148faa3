/** A picture or a link that leads to a file beside the README. */
const PICTURE = /^!\[[^\]]*\]\((?!https?:)[^)]+\)\n+/gm;
const LINK = /\[([^\]]+)\]\((?!https?:|mailto:|#)[^)]+\)/g;

/**
 * The README as the page of the extension. VS Code shows there no picture and follows no link but those of a web address;
 * what it finds beside the README would be a broken picture and dead words. The pages are opened by a command instead.
 */
export const extensionPage = (readme: string): string => readme.replace(PICTURE, '').replace(LINK, '$1');
