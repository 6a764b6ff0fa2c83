export default { title: "Looms" };
