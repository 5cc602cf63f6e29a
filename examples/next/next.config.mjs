// As create-next-app writes it: a page that the visitor leaves is hidden, not removed.
export default { cacheComponents: true };
