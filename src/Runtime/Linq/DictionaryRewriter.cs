using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Typed.Linq;

/// <summary><c>e.Body.Labels["x"]</c>: EF maps no dictionary, but a value in one is a path in the stored JSON (<see cref="StoredBody.Entry"/>).</summary>
internal sealed class DictionaryRewriter(IModel model) : ExpressionVisitor
{
    protected override Expression VisitMethodCall(MethodCallExpression node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var visited = (MethodCallExpression)base.VisitMethodCall(node);
        if (visited is not { Method.Name: "get_Item", Object: MemberExpression map, Arguments: [{ } key] } || key.Type != typeof(string) || visited.Type.IsEnum
            || map.Type.IsAssignableTo(typeof(JsonNode)) || FindPath(map) is not { } found)
        {
            return visited;
        }

        var method = StoredBody.EntryMethod.MakeGenericMethod(found.Member.Type, visited.Type);
        return Expression.Call(method, found.Member, Expression.Constant(string.Join(StoredBody.PathSeparator, found.Path)), key);
    }

    /// <summary>
    /// The path of a dictionary in the JSON of an event, and a member that leads to its column; null where the expression is no such dictionary.
    /// </summary>
    private (Expression Member, IEnumerable<string> Path)? FindPath(MemberExpression map)
    {
        var names = new Stack<string>();
        Expression? owner = map;
        for (; owner is MemberExpression { Expression: { } outer } member && !IsBody(member.Member.Name, outer.Type); owner = outer)
        {
            names.Push(member.Member.Name);
        }

        if (owner is not MemberExpression { Expression: { } row } || !EventReader.IsEvent(row.Type, out var body)
            || StreamEntities.Find(model, body) is not { } stream || StreamEntities.Leading(owner, stream) is not { } leading)
        {
            return null;
        }

        List<string> path = [];
        var shape = AbsentMembers.ShapeOf(stream);
        foreach (var name in names)
        {
            if (shape?.Members.FirstOrDefault(one =>
                string.Equals(one.Name, name, StringComparison.Ordinal)) is not { Kind: not BodyMemberKind.Objects } member)
            {
                return null;
            }

            path.Add(member.Json);
            shape = member.Shape;
        }

        return (leading, path);
    }

    private static bool IsBody(string member, Type owner) => member == nameof(Event<>.Body) && EventReader.IsEvent(owner, out _);
}
