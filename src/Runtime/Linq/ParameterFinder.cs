using System.Linq.Expressions;

namespace Typed.Linq;

/// <summary>Looks for a parameter in an expression.</summary>
internal sealed class ParameterFinder : ExpressionVisitor
{
    private readonly ParameterExpression _parameter;
    private bool _found;

    private ParameterFinder(ParameterExpression parameter) => _parameter = parameter;

    public static bool IsIn(Expression node, ParameterExpression parameter)
    {
        var finder = new ParameterFinder(parameter);
        finder.Visit(node);
        return finder._found;
    }

    protected override Expression VisitParameter(ParameterExpression node)
    {
        _found |= node == _parameter;
        return node;
    }
}
