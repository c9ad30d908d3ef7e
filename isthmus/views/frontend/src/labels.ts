// Labels that do not overlap: each takes cells of a grid over the picture, the best-tied nodes first.

const CELL = 6;

export class Slots {
  private readonly columns: number;
  private readonly rows: number;
  private readonly taken: Uint8Array;

  constructor(private readonly width: number, private readonly height: number) {
    this.columns = Math.ceil(width / CELL) + 1;
    this.rows = Math.ceil(height / CELL) + 1;
    this.taken = new Uint8Array(this.columns * this.rows);
  }

  private each(x: number, y: number, w: number, h: number, visit: (cell: number) => boolean): boolean {
    const left = Math.max(0, Math.floor(x / CELL)), right = Math.min(this.columns - 1, Math.floor((x + w) / CELL));
    const top = Math.max(0, Math.floor(y / CELL)), bottom = Math.min(this.rows - 1, Math.floor((y + h) / CELL));
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) if (!visit(row * this.columns + column)) return false;
    }
    return true;
  }

  free(x: number, y: number, w: number, h: number): boolean {
    if (x < 0 || y < 0 || x + w > this.width || y + h > this.height) return false;
    return this.each(x, y, w, h, (cell) => !this.taken[cell]);
  }

  take(x: number, y: number, w: number, h: number): void {
    this.each(x, y, w, h, (cell) => { this.taken[cell] = 1; return true; });
  }
}

const widths = new Map<string, number>();

export function textWidth(context: CanvasRenderingContext2D, text: string, font: string): number {
  const key = font + text;
  let width = widths.get(key);
  if (width === undefined) {
    context.font = font;
    width = context.measureText(text).width;
    if (widths.size > 20000) widths.clear();
    widths.set(key, width);
  }
  return width;
}

export function shorten(text: string, most: number): string {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join("").trimEnd()}…`;
}
