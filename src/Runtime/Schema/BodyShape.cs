using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Typed.Generated;

/// <summary>How a member of a body can be queried.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum BodyMemberKind
{
    /// <summary>A value.</summary>
    Scalar,

    /// <summary>A nested object.</summary>
    Object,

    /// <summary>A list of values.</summary>
    Scalars,

    /// <summary>A list of objects.</summary>
    Objects,

    /// <summary>Not at all.</summary>
    Unmapped,
}

/// <summary>A member of a body as queries see it.</summary>
/// <param name="Name">Its name in code.</param>
/// <param name="Json">Its name in JSON.</param>
/// <param name="Kind">How it can be queried.</param>
/// <param name="ClrType">Its type.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record BodyMember(string Name, string Json, BodyMemberKind Kind, Type ClrType)
{
    /// <summary>A list without elements, in JSON: what a list may be where the JSON lacks it.</summary>
    public const string EmptyList = "[]";

    /// <summary>The names that it had in JSON before, in the order in which they are asked for.</summary>
    public IReadOnlyList<string> FormerNames { get; init; } = [];

    /// <summary>Whether it may be null.</summary>
    public bool IsNullable { get; init; }

    /// <summary>Of a list: the type of its elements.</summary>
    public Type? ElementType { get; init; }

    /// <summary>Of an enum, or a list of them: its number, by which queries compare.</summary>
    internal ValueConverter? Number { get; init; }

    /// <summary>Of an enum, or a list of them: the type of what reads it from JSON.</summary>
    internal Type? Reader { get; init; }

    /// <summary>What it is where the JSON lacks it: a value, or of lists that there are no elements; null: null.</summary>
    public object? Absent { get; init; }

    /// <summary>Gives, as JSON, what the class itself makes of it, where that is no constant.</summary>
    public Func<string>? Initial { get; init; }

    /// <summary>Of an object, or a list of them: its members.</summary>
    public BodyShape? Shape { get; init; }

    /// <summary>Why it cannot be queried.</summary>
    public string? Reason { get; init; }
}

/// <summary>The members of a type in a body, as queries see them. Emitted for each declared stream.</summary>
/// <param name="Type">The type.</param>
/// <param name="Members">Its members in JSON.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record BodyShape(Type Type, IReadOnlyList<BodyMember> Members)
{
    /// <summary>Reads an object of the type.</summary>
    public BodyObjectReader? Read { get; init; }

    /// <summary>Gives, as JSON, an object that is made without values; null where the class needs some.</summary>
    public Func<string>? Empty { get; init; }
}

/// <summary>Reads the object whose first token a reader stands on.</summary>
/// <param name="reader">The reader.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate object? BodyObjectReader(ref Utf8JsonReader reader);
