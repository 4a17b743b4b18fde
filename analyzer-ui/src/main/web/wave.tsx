// A session's density: the same shape in the list and, larger, above its messages.
export function Wave({ activity }: { activity: number[] }) {
  const most = Math.max(1, ...activity);
  return (
    <svg class="wave" viewBox="0 0 120 20" aria-hidden="true">
      {activity.map((n, i) => {
        if (n === 0) return null;
        const height = 3 + 15 * Math.sqrt(n / most);
        return <rect x={i * 120 / activity.length} width="2" y={10 - height / 2} height={height} />;
      })}
    </svg>
  );
}
