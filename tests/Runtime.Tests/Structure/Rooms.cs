using System.Reflection;

namespace Typed.Runtime.Tests.Structure;

/// <summary>The order of the rooms of src/Runtime, as docs/architecture.md has it.</summary>
internal static class Rooms
{
    /// <summary>Used by all, and using none but each other.</summary>
    private static readonly string[] s_bottom = ["Declarations"];

    /// <summary>From the top; a room refers to those below it.</summary>
    private static readonly string[][] s_floors = [["Hosting"], ["Engines"], ["Linq"], ["Series", "Streams"], ["Writing"], ["Storage"], ["Values"], ["Schema"], ["Time"], s_bottom];

    /// <summary>What emitted code sees. It may call any room; the rooms whose types are closed over emitted ones know its interfaces.</summary>
    private const string Face = "Generated";

    private static readonly string[] s_knowTheFace = ["Hosting", "Engines", "Linq", "Series", "Streams"];

    /// <summary>As it is written in the documentation.</summary>
    public static string Order => string.Join(" → ", s_floors[..^1].Select(floor => string.Join(", ", floor)));

    public static bool Exists(string room) => room == Face || Floor(room) >= 0;

    public static bool May(string from, string to) => from == to || from == Face || (to == Face ? s_knowTheFace.Contains(from) : Floor(from) < Floor(to) || (s_bottom.Contains(from) && s_bottom.Contains(to)));

    /// <summary>The references against the order, as text.</summary>
    /// <param name="types">Types of one assembly, nested ones too.</param>
    /// <param name="roomOf">The room of a type; null when no file declares it.</param>
    public static IEnumerable<string> Violations(IEnumerable<Type> types, Func<Type, string?> roomOf) =>
        from type in types
        where !IsMadeByTheCompiler(type)
        from problem in Violations(type, roomOf)
        select problem;

    private static IEnumerable<string> Violations(Type type, Func<Type, string?> roomOf)
    {
        if (roomOf(type) is not { } from)
        {
            return [$"{type} is declared in no file that was found"];
        }

        if (!Exists(from))
        {
            return [$"{type} is in {from}, which is no room"];
        }

        return from used in TypeReferences.Of(type)
               where used.Assembly == type.Assembly
               let to = roomOf(used)
               where to is not null && !May(@from, to)
               select $"{@from} -> {to}: {Short(type)} refers to {Short(used)}";
    }

    private static string Short(Type type) => (type.FullName ?? type.Name).Replace("+", ".", StringComparison.Ordinal);

    /// <summary>Types outside of any other: data of array initialisers, collections behind collection expressions, inline arrays.</summary>
    private static bool IsMadeByTheCompiler(Type type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type.Name.StartsWith('<') || type.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is not null
            || type.Namespace is "System.Runtime.CompilerServices" or "Microsoft.CodeAnalysis";
    }

    private static int Floor(string room) => Array.FindIndex(s_floors, floor => floor.Contains(room));
}
