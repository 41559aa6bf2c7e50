using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;
using Typed.Storage.Model;

namespace Typed.Linq;

/// <summary>
/// Finds objects of lists in bodies that EF would make itself, from values as the database compares them: without offsets, and without what their class makes
/// of absent members.
/// </summary>
internal sealed class ListObjects : ExpressionVisitor
{
    /// <exception cref="InvalidOperationException">The query returns such objects.</exception>
    public static void Refuse(Expression query) => new ListObjects().Visit(query);

    protected override Expression VisitExtension(Expression node)
    {
        if (node is StructuralTypeShaperExpression { StructuralType: IComplexType type } && IsInList(type))
        {
            throw new InvalidOperationException(
                $"A query cannot return {type.ClrType.Name} objects out of a list here: ask for the whole list (Select(e => e.Body.Items)) "
                + "and go on in memory, for all its objects (SelectMany(e => e.Body.Items)), or select the members that you need (new { item.Name }).");
        }

        if (node is not ShapedQueryExpression query)
        {
            return base.VisitExtension(node);
        }

        Visit(query.ShaperExpression);
        return node;
    }

    private static bool IsInList(IComplexType type) =>
        Annotations.IsStream(type.ContainingEntityType) && (type.ComplexProperty.IsCollection
            || (type.ComplexProperty.DeclaringType is IComplexType owner && IsInList(owner)));
}
