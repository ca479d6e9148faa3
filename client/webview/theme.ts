/** Colours of the theme, resolved for the canvas, which knows no variables. */
export function themeColour(name: string): string {
  const style = getComputedStyle(document.body);
  return style.getPropertyValue(`--vscode-${name}`).trim() || style.getPropertyValue('--vscode-foreground').trim();
}

/** VS Code names the theme in attributes of the body, and its variables in the style of the root. */
export function onThemeChange(changed: () => void): void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
}
