namespace Typed.Generator.Model.Streams;

/// <summary>A class, record or struct as a JSON object.</summary>
/// <param name="Members">In the order of writing.</param>
/// <param name="Constructor">How it is made; null: it cannot be.</param>
/// <param name="Extension">The member that keeps unknown members, if there is one.</param>
/// <param name="Skipped">JSON names that are known and not read.</param>
/// <param name="QueryObjects">How many objects queries see in it, itself included; 0: it has no member that they see.</param>
internal sealed record BodyObject(
    EquatableArray<BodyMember> Members,
    BodyConstructor? Constructor,
    BodyExtension? Extension,
    EquatableArray<string> Skipped,
    int QueryObjects)
{
    /// <summary>All former names of members that are read, with the member's index and the name's rank among those of the member, from 1.</summary>
    public IEnumerable<(string Json, int Member, int Rank)> FormerNames => Members.SelectMany((member, i) =>
        member.Read == ReadInto.Nothing ? [] : member.FormerNames.Select((name, rank) => (name, i, rank + 1)));
}

internal enum WriteWhen
{
    Always,
    Never,
    NotNull,
    NotDefault,
}

internal enum ReadInto
{
    Nothing,
    Parameter,
    Initializer,
    Setter,
}

/// <summary>A member of an object.</summary>
/// <param name="Access">How code gets at it.</param>
/// <param name="Json">Its name in JSON.</param>
/// <param name="Type">Index of its type.</param>
/// <param name="Write">When it is written.</param>
/// <param name="Read">Where a value read goes.</param>
/// <param name="WritesNull">Whether null may be written.</param>
/// <param name="ReadsNull">Whether null may be read.</param>
/// <param name="Required">Whether an object without it is refused.</param>
/// <param name="Query">How queries see it.</param>
internal sealed record BodyMember(
    BodyAccess Access,
    string Json,
    int Type,
    WriteWhen Write,
    ReadInto Read,
    bool WritesNull,
    bool ReadsNull,
    bool Required,
    BodyQuery Query)
{
    /// <summary>The names that it had in JSON before, in the order in which they are asked for.</summary>
    public EquatableArray<string> FormerNames { get; init; }
}

/// <summary>The member of an object that keeps JSON members which the class does not declare.</summary>
/// <param name="Access">How code gets at it.</param>
/// <param name="IsObject">Whether its values are <see cref="object"/> rather than <c>JsonElement</c>.</param>
internal sealed record BodyExtension(BodyAccess Access, bool IsObject)
{
    /// <summary>How queries see it.</summary>
    public static BodyQuery Query { get; } = new(BodyQueryKind.Unmapped, "it holds extension data");
}

/// <summary>How an instance is made.</summary>
/// <param name="Parameters">In order.</param>
/// <param name="Initializers">Members that C# asks to be set at creation.</param>
/// <param name="Access">How a constructor is called that code cannot simply call.</param>
internal sealed record BodyConstructor(EquatableArray<BodyParameter> Parameters, EquatableArray<BodyInitializer> Initializers, BodyAccessor? Access)
{
    /// <summary>Whether all values have to be there before the instance can be.</summary>
    public bool NeedsValues => Parameters.Count > 0 || Initializers.Count > 0;
}

/// <param name="Member">Index of the member it is bound to; -1: none.</param>
/// <param name="Default">What it gets when nothing was read, as C#; without a member an argument, which may have a name.</param>
/// <param name="Type">Its type in code, after <c>in</c> where it is passed so.</param>
internal sealed record BodyParameter(int Member, string Default, string Type);

/// <param name="Name">Name in code.</param>
/// <param name="Member">Index of the member; -1: it is no member in JSON.</param>
internal sealed record BodyInitializer(string Name, int Member);

/// <summary>How code gets at a member of an instance.</summary>
/// <param name="Name">The member's name in code.</param>
/// <param name="Level">The class to see the instance as, where one that derives from it has something else of that name; null: as it is.</param>
/// <param name="Get">How the member is read where code cannot simply read it; null: simply.</param>
/// <param name="Set">How the member is set where code cannot simply set it; null: simply.</param>
internal sealed record BodyAccess(string Name, string? Level, BodyAccessor? Get, BodyAccessor? Set);

/// <summary>A way around accessibility, as serializers have always had it: a method that the runtime binds to its target by name.</summary>
/// <param name="Kind">Of <c>UnsafeAccessorKind</c>.</param>
/// <param name="Target">The target's name in metadata.</param>
/// <param name="Owner">The declaring type with its own type parameters.</param>
/// <param name="OwnerIsValueType">Whether the instance goes by reference.</param>
/// <param name="Value">The type of the value, in terms of the owner's type parameters.</param>
/// <param name="Parameters">The owner's type parameters, such as <c>&lt;T&gt;</c>; empty: none.</param>
/// <param name="Arguments">What they are here.</param>
/// <param name="Constraints">Their constraints, since the runtime compares them.</param>
internal sealed record BodyAccessor(
    string Kind,
    string Target,
    string Owner,
    bool OwnerIsValueType,
    string Value,
    string Parameters,
    string Arguments,
    string Constraints);
