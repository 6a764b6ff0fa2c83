const blog = { schema: { draft: "boolean" } };
export const collections = { blog };
