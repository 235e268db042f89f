// Runs before the first paint, so that a chosen light or dark never flashes.
try {
  const saved = localStorage.theme
  if (saved === 'dark' || saved === 'light') document.documentElement.dataset.theme = saved
} catch {}
