using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Typed.Linq;

/// <summary>
/// Refuses queries that ask the database for a member which EF cannot map, with the reason that rule TYP2012 gave when the class was compiled. What a query
/// returns is read by the library and has every member.
/// </summary>
internal sealed class UnmappedMembers(IModel model) : ExpressionVisitor
{
    private readonly Dictionary<ParameterExpression, BodyShape> _elements = [];

    protected override Expression VisitMember(MemberExpression node)
    {
        if (node.Expression is { } owner && ShapeOf(owner) is { } shape && Find(shape, node) is { Kind: BodyMemberKind.Unmapped } member)
        {
            throw new InvalidOperationException(
                $"The query could not be translated: {member.Name} is stored, but cannot be used in queries: {member.Reason} "
                + $"(in {shape.Type.Name}; rule TYP2012). Select the member, or whole events, and go on in memory, "
                + "or keep what you ask for in a member of its own.");
        }

        return base.VisitMember(node);
    }

    protected override Expression VisitBinary(BinaryExpression node)
    {
        if (node is { NodeType: ExpressionType.Add, Method.Name: nameof(string.Concat) } && (IsAddress(node.Left) || IsAddress(node.Right)))
        {
            throw new InvalidOperationException("The text of a Uri is not the one in JSON, which is as it was written: make a text of it in memory.");
        }

        return base.VisitBinary(node);
    }

    protected override Expression VisitMethodCall(MethodCallExpression node)
    {
        // The elements of a list in a body: e.Body.Items.Any(item => item.Name == "x").
        if (node is { Method.IsStatic: true, Arguments: [{ } list, ..] } && ElementsOf(list) is { } element)
        {
            foreach (var lambda in node.Arguments.Skip(1).Select(Unwrap).OfType<LambdaExpression>().Where(lambda => lambda.Parameters.Count > 0))
            {
                _elements[lambda.Parameters[0]] = element;
            }
        }

        return base.VisitMethodCall(node);
    }

    /// <summary>The members of an object in a body, where the expression leads to one of a row; null: it does not.</summary>
    private BodyShape? ShapeOf(Expression node) => Unwrap(node) switch
    {
        ParameterExpression element => _elements.GetValueOrDefault(element),
        MemberExpression { Member.Name: nameof(Event<>.Body), Expression: { } row } when EventReader.IsEvent(row.Type, out var body) && IsRow(row) =>
            StreamEntities.Find(model, body) is { } stream ? AbsentMembers.ShapeOf(stream) : null,
        MemberExpression { Expression: { } owner } member when ShapeOf(owner) is { } around => Find(around, member)?.Shape,
        _ => null,
    };

    /// <summary>The members of a list's elements, where it is one in a body, or what calls leave of it.</summary>
    private BodyShape? ElementsOf(Expression list) => Unwrap(list) switch
    {
        MemberExpression { Expression: { } owner } member when ShapeOf(owner) is { } around && Find(around, member) is { Kind: BodyMemberKind.Objects } found =>
            found.Shape,
        MethodCallExpression { Method.IsStatic: true, Arguments: [{ } inner, ..] } call when ElementsOf(inner) is { } shape
            && call.Type is { IsGenericType: true, GenericTypeArguments: [var type] } && type == shape.Type => shape,
        _ => null,
    };

    private bool IsAddress(Expression node) =>
        Unwrap(node) is MemberExpression { Expression: { } owner } member && member.Type == typeof(Uri) && ShapeOf(owner) is not null;

    private static BodyMember? Find(BodyShape shape, MemberExpression member) =>
        shape.Members.FirstOrDefault(one => string.Equals(one.Name, member.Member.Name, StringComparison.Ordinal));

    private static bool IsRow(Expression? node) => node is ParameterExpression || (node is MemberExpression member && IsRow(member.Expression));

    private static Expression Unwrap(Expression node) =>
        node is UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.Quote or ExpressionType.TypeAs } unary ? Unwrap(unary.Operand)
        : node is MethodCallExpression { Method.Name: nameof(Queryable.AsQueryable), Arguments: [{ } inner] } ? Unwrap(inner)
        : node;
}
