// As create-next-app writes it: a page that the visitor leaves is kept, hidden by <Activity>.
export default { cacheComponents: true };
