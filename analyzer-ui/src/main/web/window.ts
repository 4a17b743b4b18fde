// Which rows of a long list are seen. A browser makes no element higher than 33,554,428 px; below that it scrolls by
// itself, above the first row is state of our own and the scroll bar only mirrors it.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

export const ROW = 24;
const HEAD = 24;
const MOST = 30_000_000;
const OVERSCAN = 12;

export interface Window {
  /** Of the rows to draw: first, and one behind the last. */
  from: number;
  to: number;
  /** The rows that are seen without those drawn in reserve. */
  first: number;
  seen: number;
  scroller: { current: HTMLDivElement | null };
  canvas: { current: HTMLDivElement | null };
  table: { current: HTMLTableElement | null };
  onScroll(): void;
  show(row: number, where?: "nearest" | "middle"): void;
}

export function useWindow(total: number): Window {
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLTableElement>(null);
  const [first, setFirst] = useState(0);
  const [seen, setSeen] = useState(30);
  const mirrored = useRef(-1);
  const isClamped = total * ROW > MOST;
  const height = Math.min(total * ROW, MOST) + HEAD;
  const last = Math.max(0, total - seen);

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const measure = () => setSeen(Math.max(1, Math.floor((box.clientHeight - HEAD) / ROW)));
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    measure();
    return () => observer.disconnect();
  }, []);

  const move = useCallback((row: number) => {
    const box = scroller.current;
    if (!box) return;
    const target = Math.max(0, Math.min(last, row));
    if (isClamped) {
      setFirst(target);
      mirrored.current = Math.round(target / Math.max(1, last) * (box.scrollHeight - box.clientHeight));
      box.scrollTop = mirrored.current;
    } else {
      box.scrollTop = target * ROW;
    }
  }, [last, isClamped]);

  const onScroll = useCallback(() => {
    const box = scroller.current!;
    if (!isClamped) {
      setFirst(Math.floor(box.scrollTop / ROW));
    } else if (Math.abs(box.scrollTop - mirrored.current) > 1) {
      mirrored.current = box.scrollTop;
      setFirst(Math.round(box.scrollTop / (box.scrollHeight - box.clientHeight) * last));
    }
  }, [isClamped, last]);

  useEffect(() => {
    const box = scroller.current;
    if (!box || !isClamped) return;
    const onWheel = (wheel: WheelEvent) => {
      wheel.preventDefault();
      move(first + Math.sign(wheel.deltaY) * Math.max(1, Math.round(Math.abs(wheel.deltaY) / ROW)));
    };
    box.addEventListener("wheel", onWheel, { passive: false });
    return () => box.removeEventListener("wheel", onWheel);
  }, [isClamped, move, first]);

  const start = Math.min(first, last);
  const from = isClamped ? start : Math.max(0, start - OVERSCAN);
  const to = Math.min(total, start + seen + OVERSCAN);
  useLayoutEffect(() => {
    canvas.current?.style.setProperty("height", `${height}px`);
    const top = isClamped ? scroller.current?.scrollTop ?? 0 : from * ROW;
    table.current?.style.setProperty("top", `${top}px`);
  });

  // Keys may come faster than the browser tells of the scrolling they caused: ask it where it is.
  const show = (row: number, where: "nearest" | "middle" = "nearest") => {
    const box = scroller.current;
    const top = isClamped || !box ? first : Math.ceil(box.scrollTop / ROW);
    if (where === "middle") move(row - Math.floor(seen / 3));
    else if (row < top) move(row);
    else if (row > top + seen - 1) move(row - seen + 1);
  };

  return { from, to, first: start, seen, scroller, canvas, table, onScroll, show };
}
