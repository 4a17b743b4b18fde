// Runs before the first paint, so that a chosen theme does not flash. The rest of the page is complete without it.
{
  const theme = localStorage.getItem("qmptape.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
}
