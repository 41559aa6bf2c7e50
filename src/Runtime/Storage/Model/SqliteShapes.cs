using Typed.Schema;
using Typed.Storage.Sqlite;

namespace Typed.Storage.Model;

/// <summary>
/// What EF cannot find on SQLite: members of a body, or of an element of a list, whose names it would put in quotes (<see cref="SqlitePaths"/>). A query
/// for them would give no rows and say nothing, so they are left out.
/// </summary>
internal static class SqliteShapes
{
    private const string Reason = "its name in JSON has characters that EF Core cannot look for on SQLite";

    /// <param name="shape">The body's shape.</param>
    /// <param name="ofStore">Whether the context has <see cref="SqlitePaths"/>; an application's own has not.</param>
    public static BodyShape Narrow(BodyShape shape, bool ofStore) => Narrow(shape, isRoot: true, ofStore ? SqlitePaths.IsPlain : static name => name.All(char.IsAsciiLetterOrDigit));

    private static BodyShape Narrow(BodyShape shape, bool isRoot, Func<string, bool> isFound) =>
        shape with { Members = [.. shape.Members.Select(member => isRoot && !isFound(member.Json) ? Unmapped(member, Reason) : Inside(member, isFound))] };

    private static BodyMember Inside(BodyMember member, Func<string, bool> isFound)
    {
        if (member.Shape is null)
        {
            return member;
        }

        var shape = Narrow(member.Shape, isRoot: member.Kind == BodyMemberKind.Objects, isFound);
        return shape.Members.Any(inner => inner.Kind != BodyMemberKind.Unmapped) ? member with { Shape = shape } : Unmapped(member, "it has no members that queries can see");
    }

    private static BodyMember Unmapped(BodyMember member, string reason) =>
        member.Kind == BodyMemberKind.Unmapped ? member : member with { Kind = BodyMemberKind.Unmapped, Reason = reason };
}
