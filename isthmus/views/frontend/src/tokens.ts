// Ids of entities and ties in files for other programs: the same as Python makes (graph/tokens.py).

/** An id with every other sign than ASCII letters, digits and `._:-` as `_xHHHH_`, its code point. */
export function token(id: string): string {
  return id.replace(/[^A-Za-z0-9._:-]|_(?=x[0-9A-F]{4,6}_)/gu, (sign) => `_x${(sign.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, "0")}_`) || "_";
}

/** The id of a tie: its ends in its own direction and its kind, parted by a sign that stands in no token. */
export function tieToken(source: string, kind: string, target: string): string {
  return `${token(source)}·${kind}·${token(target)}`;
}
