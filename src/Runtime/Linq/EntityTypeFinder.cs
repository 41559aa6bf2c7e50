using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Typed.Linq;

/// <summary>Looks in a part of a query for values of a model's entity types.</summary>
internal sealed class EntityTypeFinder : ExpressionVisitor
{
    private readonly IModel _model;
    private readonly Func<IReadOnlyTypeBase, bool> _sought;
    private bool _found;

    private EntityTypeFinder(IModel model, Func<IReadOnlyTypeBase, bool> sought) => (_model, _sought) = (model, sought);

    /// <summary>Whether any entity type that meets the condition is there.</summary>
    public static bool IsIn(Expression node, IModel model, Func<IReadOnlyTypeBase, bool> sought)
    {
        var visitor = new EntityTypeFinder(model, sought);
        visitor.Visit(node);
        return visitor._found;
    }

    public override Expression? Visit(Expression? node)
    {
        _found |= node is not null && _model.FindEntityTypes(node.Type).Any(_sought);
        return base.Visit(node);
    }
}
