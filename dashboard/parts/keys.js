// The key "/" puts the cursor into the search box; and the page says in which language it is written,
// which readers of screens need to pronounce it.
export default function ({ data }) {
  document.documentElement.lang = data.lang === "zh" ? "zh-CN" : "en";
  const focus = (event) => {
    const at = event.target;
    const writes = at.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(at.tagName);
    if (event.key !== "/" || writes || event.ctrlKey || event.metaKey || event.altKey) return;
    const box = document.querySelector(".st-key-jump-box input");
    if (!box) return;
    event.preventDefault();
    box.focus();
  };
  document.addEventListener("keydown", focus);
  return () => document.removeEventListener("keydown", focus);
}
