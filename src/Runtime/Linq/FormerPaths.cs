using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;

namespace Typed.Linq;

/// <summary>The paths at which older events have a member: each name on the way may have been another one.</summary>
internal static class FormerPaths
{
    /// <summary>The path of today first, then the others in the order of the declared names.</summary>
    /// <param name="member">A member of a body, or of an object in a list of one.</param>
    /// <param name="tables">The declared tables of the query.</param>
    /// <param name="skip">How much of the member's path is left out at its beginning.</param>
    public static IReadOnlyList<PathSegment[]> Of(JsonScalarExpression member, DeclaredTables tables, int skip)
    {
        PathSegment[] own = [.. member.Path.Skip(skip)];
        if (tables.FindBody(member.Json) is not { } body || AbsentMembers.ShapeOf(body.Stream) is not { } shape)
        {
            return [own];
        }

        var names = Names(shape, [.. body.Path, .. member.Path]);
        IReadOnlyList<PathSegment[]> paths = [[]];
        for (var i = 0; i < own.Length; i++)
        {
            PathSegment[] choices = [own[i], .. names[body.Path.Count + skip + i].Select(name => new PathSegment(name))];
            paths = [.. paths.SelectMany(_ => choices, (path, next) => (PathSegment[])[.. path, next])];
        }

        return paths;
    }

    /// <summary>The former names of each part of a path.</summary>
    private static IReadOnlyList<string>[] Names(BodyShape? shape, PathSegment[] path)
    {
        var names = new IReadOnlyList<string>[path.Length];
        for (var i = 0; i < path.Length; i++)
        {
            names[i] = [];
            if (path[i].PropertyName is { } name)
            {
                var found = shape?.Members.FirstOrDefault(one => string.Equals(one.Json, name, StringComparison.Ordinal));
                names[i] = found?.FormerNames ?? [];
                shape = found?.Shape;
            }
        }

        return names;
    }
}
