using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.Json;
using Typed.Storage.Model;

namespace Typed.Linq;

/// <summary>
/// The values that queries use for members that the JSON lacks, as in events that are older than the member. They are the values that the reader of events
/// uses. Required members have none.
/// </summary>
internal static class AbsentMembers
{
    private const string Null = "null";

    private static readonly ConditionalWeakTable<IEntityType, BodyShape> s_shapes = new();
    private static readonly ConditionalWeakTable<BodyMember, string> s_made = new();

    /// <summary>Records the members of a stream, once for each finished model.</summary>
    /// <exception cref="InvalidOperationException">The model was compiled before the members changed.</exception>
    public static void Bind(IEntityType entity, BodyShape shape)
    {
        if (!s_shapes.TryGetValue(entity, out _))
        {
            CompiledModel.ThrowIfStale(entity, shape);
            s_shapes.TryAdd(entity, shape);
        }
    }

    /// <summary>The members of a stream's bodies.</summary>
    public static BodyShape? ShapeOf(IEntityType entity) => s_shapes.TryGetValue(entity, out var shape) ? shape : null;

    /// <summary>What stands for a member that the JSON lacks; null where nothing does.</summary>
    public static Absence? Find(JsonScalarExpression member, DeclaredTables tables)
    {
        if (tables.FindBody(member.Json) is not { } body || !s_shapes.TryGetValue(body.Stream, out var shape))
        {
            return null;
        }

        var (found, made, around) = ((BodyMember?)null, 0, (int?)null);
        PathSegment[] path = [.. body.Path, .. member.Path];
        for (var i = 0; i < path.Length; i++)
        {
            made = found is not null && MadeBy(found) is not null ? i : made;
            if (path[i].PropertyName is { } name)
            {
                around = found is { IsNullable: true } ? i : around;
                found = shape?.Members.FirstOrDefault(one => string.Equals(one.Json, name, StringComparison.Ordinal));
                shape = found?.Shape;
            }
            else
            {
                // An element of a list: an index may lie behind its end. Or a value of a dictionary, which none stands for.
                (found, around) = (null, i + 1);
            }
        }

        var json = found is null ? null : MadeBy(found);
        var isValue = found is { Kind: BodyMemberKind.Scalar };
        var value = json is not null && isValue ? ReadValue(member.TypeMapping!, json) : json ?? found?.Absent;
        made = Math.Max(0, made - body.Path.Count);
        return value is null && made == 0 ? null
            : new(value, made, around - body.Path.Count) { MayBeNull = found is { IsNullable: true }, IsJson = !isValue };
    }

    /// <summary>A value as the text that its serializer writes. U+0000 stands in no text of a database, so it is left out.</summary>
    public static string Text(object value) => value is '\0' ? string.Empty : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    /// <summary>The JSON of what the class makes of a member that is absent; null where it makes nothing, or what its members say already.</summary>
    private static string? MadeBy(BodyMember member) =>
        member.Initial is { } initial && s_made.GetValue(member, member => Make(initial, member.Shape)) is { Length: > 0 } json ? json : null;

    // Bytes are in Base64, which SQLite's own mapping does not read.
    private static object? ReadValue(RelationalTypeMapping mapping, string json) =>
        (mapping.ClrType == typeof(byte[]) ? JsonByteArrayReaderWriter.Instance : mapping.JsonValueReaderWriter!).FromJsonString(json);

    // A class whose constructor does without no value does not say.
    private static string Make(Func<string> initial, BodyShape? shape)
    {
        try
        {
            var json = initial();
            return json == Null || (shape?.Empty is { } empty && string.Equals(empty(), json, StringComparison.Ordinal)) ? string.Empty : json;
        }
        catch (Exception refused) when (refused is not OutOfMemoryException)
        {
            return string.Empty;
        }
    }
}
