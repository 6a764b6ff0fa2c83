export default function (config) {
  config.addPreprocessor("drafts", "md", (data) => data.draft ? false : undefined);
}
