/** The address of a message conversation under the base of the API, or null where its id cannot stand in an address. */
export function conversationUrl(apiUrl: string, conversationId: string): string | null {
  const id = segment(conversationId);
  return id === null ? null : `${apiUrl.replace(/\/+$/u, "")}/api/v2/conversations/messages/${id}`;
}

/** An id as a part of an address's path. Null for what no encoding keeps in its place: dots lead to another path. */
export function segment(id: string): string | null {
  return id === "" || id === "." || id === ".." || !id.isWellFormed() ? null : encodeURIComponent(id);
}
