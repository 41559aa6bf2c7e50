using System.Runtime.CompilerServices;

namespace Typed.Tests.Harness.Structure;

/// <summary>
/// The order of a project's rooms. A room is a folder with what is below it, except folders that are rooms of their own: with <c>Parsing</c> and
/// <c>Parsing/Series</c> in the order, a file in <c>Parsing/Series/Names</c> belongs to the latter.
/// </summary>
/// <param name="floors">
/// From the top: a room may refer to those of the floors below it, and to none beside it. The rooms of the last floor are used by all, each other included.
/// The room <c>""</c> is that of the files beside the project.
/// </param>
public sealed class RoomOrder(params string[][] floors)
{
    private readonly List<(string One, string Other)> _apart = [];
    private string? _face;
    private string[] _knowTheFace = [];

    /// <summary>Names a room that stands beside the order, as what emitted code sees does: it may call any room, and only those rooms, with the rooms inside them, may refer to it.</summary>
    public RoomOrder WithFace(string face, params string[] knownBy)
    {
        (_face, _knowTheFace) = (face, knownBy);
        return this;
    }

    /// <summary>Forbids references between two kinds of rooms, whatever their floors: a room is of a kind when one of the folders of its path is called so.</summary>
    public RoomOrder Apart(string one, string other)
    {
        _apart.Add((one, other));
        return this;
    }

    /// <summary>The order as it is written in documentation, without the last floor.</summary>
    public override string ToString() => string.Join(" → ", floors[..^1].Select(floor => string.Join(", ", floor)));

    /// <summary>The room of a folder; null where it is in none.</summary>
    public string? RoomOf(string folder) => floors.SelectMany(floor => floor).Append(_face).OfType<string>()
        .Where(room => IsWithin(folder, room)).MaxBy(room => room.Length);

    public bool May(string from, string to)
    {
        if (from == to || from == _face)
        {
            return true;
        }

        if (_apart.Exists(pair => (IsOfKind(from, pair.One) && IsOfKind(to, pair.Other)) || (IsOfKind(from, pair.Other) && IsOfKind(to, pair.One))))
        {
            return false;
        }

        return to == _face ? _knowTheFace.Any(room => IsWithin(from, room)) : Floor(from) < Floor(to) || Floor(to) == floors.Length - 1;
    }

    /// <summary>The references against the order, as text.</summary>
    /// <param name="types">Types of one assembly, nested ones too.</param>
    /// <param name="folderOf">The folder of a type; null when no file declares it.</param>
    public IEnumerable<string> Violations(IEnumerable<Type> types, Func<Type, string?> folderOf) =>
        from type in types
        where !IsMadeByTheCompiler(type)
        from problem in Violations(type, folderOf)
        select problem;

    private IEnumerable<string> Violations(Type type, Func<Type, string?> folderOf)
    {
        if (folderOf(type) is not { } folder)
        {
            return [$"{type} is declared in no file that was found"];
        }

        if (RoomOf(folder) is not { } from)
        {
            return [$"{type} is in {folder}, which is no room"];
        }

        return from used in TypeReferences.Of(type)
               where used.Assembly == type.Assembly && !IsMadeByTheCompiler(used)
               let to = folderOf(used) is { } other ? RoomOf(other) : null
               where to is not null && !May(@from, to)
               select $"{Shown(@from)} -> {Shown(to)}: {TypeReferences.Name(type)} refers to {TypeReferences.Name(used)}";
    }

    /// <summary>Whether no file declares the type: data of array initialisers, collections behind collection expressions, inline arrays, attributes of the language.</summary>
    internal static bool IsMadeByTheCompiler(Type type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type.Name.StartsWith('<') || type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
            || type.Namespace is "System.Runtime.CompilerServices" or "Microsoft.CodeAnalysis";
    }

    private int Floor(string room) => Array.FindIndex(floors, floor => floor.Contains(room));

    private static string Shown(string room) => room.Length == 0 ? "(project)" : room;

    private static bool IsWithin(string folder, string room) => room.Length == 0 ? folder.Length == 0 : folder == room || folder.StartsWith(room + "/", StringComparison.Ordinal);

    private static bool IsOfKind(string room, string kind) => room.Split('/').Contains(kind);
}
