const config = { plugins: { filters: [Plugin.RemoveDrafts()] } };
export default config;
