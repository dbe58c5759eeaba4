/** Requires declarations for top-level functions with a block body; arrow functions are for one expression. */
const topLevelDeclarations = {
  meta: {
    type: 'suggestion',
    messages: { declare: 'write a top-level function as a declaration' },
  },
  create(context) {
    return {
      ArrowFunctionExpression(node) {
        if (node.body.type !== 'BlockStatement' || node.parent.type !== 'VariableDeclarator')
          return;
        const statement = node.parent.parent.parent;
        const isTop = statement.type === 'Program' || statement.type === 'ExportNamedDeclaration';
        // An annotated constant gets its parameter types from the annotation.
        if (isTop && !node.parent.id.typeAnnotation) {
          context.report({ node: node.parent.id, messageId: 'declare' });
        }
      },
    };
  },
};

export default {
  meta: { name: 'dialect' },
  rules: { 'top-level-declarations': topLevelDeclarations },
};
