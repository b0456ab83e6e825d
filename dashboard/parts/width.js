// Tells the server when the window is narrow and it thinks otherwise; says nothing where it is right.
export default function ({ data, setStateValue }) {
  const query = window.matchMedia(`(max-width: ${data.below - 1}px)`);
  const tell = () => query.matches !== data.is_narrow && setStateValue("is_narrow", query.matches);
  tell();
  query.addEventListener("change", tell);
  return () => query.removeEventListener("change", tell);
}
