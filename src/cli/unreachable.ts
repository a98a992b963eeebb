/** What is wrong where GitHub does not answer, and the way out: said alike by all commands. */
export function unreachable(apiUrl: string): { readonly text: string; readonly advice: string } {
  return {
    text: `${new URL(apiUrl).host} does not answer`,
    advice: 'Check the network, the proxy and GITHUB_API_URL.',
  };
}
