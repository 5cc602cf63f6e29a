// Without it, svelte-check looks for settings in the folders above.
export default {};
