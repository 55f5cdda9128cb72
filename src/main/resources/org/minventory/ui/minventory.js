// What links and forms cannot do alone. Every page works without it.
(() => {
  'use strict';
  const page = document.documentElement;

  const isTyping = (target) => target.closest('input, select, textarea, [contenteditable]') !== null;

  // A tip that is in the way goes with Esc (WCAG 1.4.13), and comes back with the next visit.
  const dismissTips = () => {
    for (const value of document.querySelectorAll(':is(.v, .said):is(:hover, :focus-visible)')) {
      value.classList.add('dismissed');
      const back = () => value.classList.remove('dismissed');
      value.addEventListener('mouseleave', back, { once: true });
      value.addEventListener('blur', back, { once: true });
    }
  };

  const openMenus = () => document.querySelectorAll('details.menu[open]');

  document.addEventListener('click', (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
  });

  // j and k walk the rows of the page's list: the first link of each.
  const walk = (step) => {
    const links = [...document.querySelectorAll('tbody[data-walk] th > a')];
    if (links.length === 0) return;
    const at = links.findIndex((link) => link === document.activeElement);
    const next = at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + step));
    links[next].focus();
  };

  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      dismissTips();
      for (const menu of openMenus()) {
        menu.open = false;
        menu.querySelector('summary').focus();
      }
      return;
    }
    if (page.dataset.keys === 'off' || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    if (event.key === '/') {
      const search = document.getElementById('q');
      if (!search) return;
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === 'j') walk(1);
    else if (event.key === 'k') walk(-1);
  });

  // A link to one fact within a folded group unfolds it.
  const unfold = () => {
    const aim = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    for (let fold = aim && aim.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
  };
  window.addEventListener('hashchange', unfold);
  unfold();
})();
