using System.Linq.Expressions;
using System.Reflection;

namespace Typed.Linq;

/// <summary>
/// Puts an expression where a parameter stands. A member of an object created in the query is replaced by the expression that it is created from.
/// </summary>
internal sealed class ParameterReplacer : ExpressionVisitor
{
    private readonly ParameterExpression _parameter;
    private readonly Expression _value;

    private ParameterReplacer(ParameterExpression parameter, Expression value) => (_parameter, _value) = (parameter, value);

    public static Expression Replace(LambdaExpression lambda, Expression value) => Replace(lambda.Body, lambda.Parameters[0], value);

    public static Expression Replace(Expression body, ParameterExpression parameter, Expression value) => new ParameterReplacer(parameter, value).Visit(body);

    protected override Expression VisitParameter(ParameterExpression node) => node == _parameter ? _value : node;

    protected override Expression VisitMember(MemberExpression node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var owner = Visit(node.Expression);
        return Part(owner, node.Member) ?? node.Update(owner);
    }

    private static Expression? Part(Expression? owner, MemberInfo member) => owner switch
    {
        NewExpression { Members: { } members } made when members.IndexOf(member) is >= 0 and var index => made.Arguments[index],
        MemberInitExpression made =>
            made.Bindings.OfType<MemberAssignment>().FirstOrDefault(binding => binding.Member.Name == member.Name
            && binding.Member.DeclaringType == member.DeclaringType)?.Expression,
        _ => null,
    };
}
