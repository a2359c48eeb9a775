/* The last script: enables what needs JavaScript, and makes the place in the address current. */
{
  for (const button of document.querySelectorAll(".play")) button.disabled = false;
  document.documentElement.classList.add("ready");
  document.documentElement.classList.toggle("heard", page.sound.clips > 0);
  for (const part of document.querySelectorAll("#bar, #player")) part.hidden = false;
  const card = location.hash && document.getElementById(location.hash.slice(1));
  if (card && page.list.cards.includes(card)) page.list.go(card, { play: false, focus: false });
  performance.mark("interactive");
}
