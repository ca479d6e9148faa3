/** By this its own comment is found again. */
const MARK = '<!-- mae-det -->';

/** GitHub takes no longer one. */
const MOST = 65_000;

interface Comment {
  readonly id: number;
  readonly body?: string;
}

/**
 * Writes the one comment of the action on a pull request, or brings it up to date.
 *
 * @param api of the repository
 * @throws where GitHub does not take it: a token of a fork may read alone
 */
export async function comment(api: string, token: string, pull: number, text: string): Promise<void> {
  const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${api}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/vnd.github+json',
        'x-github-api-version': '2022-11-28',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`GitHub answered ${response.status} to ${method} ${path}`);
    return response.json();
  };
  const body = `${MARK}\n${text.length > MOST ? `${text.slice(0, MOST)}\n\n…` : text}`;
  for (let page = 1; ; page++) {
    const comments = (await ask('GET', `/issues/${pull}/comments?per_page=100&page=${page}`)) as readonly Comment[];
    const own = comments.find((one) => one.body?.startsWith(MARK));
    if (own !== undefined) return void (await ask('PATCH', `/issues/comments/${own.id}`, { body }));
    if (comments.length < 100) return void (await ask('POST', `/issues/${pull}/comments`, { body }));
  }
}
