namespace Typed.Generator.Model.Streams;

/// <summary>All types that a body reaches; the body is type 0. Members name their types by index, so that a recursive type makes no cycle.</summary>
internal sealed record BodyModel(EquatableArray<BodyType> Types)
{
    /// <summary>The member that holds the version, where there is more than one.</summary>
    public const string VersionMember = "$version";

    /// <summary>The version of the class.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The ways from earlier versions, the latest first: each leads to the version after its own.</summary>
    public EquatableArray<BodyUpcast> Upcasts { get; init; }

    /// <summary>Whether events say their version.</summary>
    public bool IsVersioned => Version > 1;
}

/// <param name="Type">Index of the type of the earlier version.</param>
/// <param name="Method">The name in code of the method that makes the later one from it.</param>
/// <param name="Version">The earlier version.</param>
internal sealed record BodyUpcast(int Type, string Method, int Version);

internal enum BodyKind
{
    Scalar,
    Enum,
    Object,
    Array,
    List,
    ReadOnlyList,
    Map,
    Element,
    Nullable,
}

/// <summary>A type in a body.</summary>
/// <param name="Kind">How it is written.</param>
/// <param name="Name">Its name in code.</param>
/// <param name="IsValueType">Whether null is no value of it.</param>
/// <param name="Scalar">Of a scalar: the name of its reading method.</param>
/// <param name="Item">Of a list, a map or a nullable: the type inside.</param>
/// <param name="Object">Of an object: its shape.</param>
/// <param name="Enum">Of an enum: its names.</param>
internal sealed record BodyType(BodyKind Kind, string Name, bool IsValueType, string Scalar = "", int Item = -1, BodyObject? Object = null,
    BodyEnum? Enum = null)
{
    /// <summary>Whether the type is a scalar and a reference, as texts and bytes are.</summary>
    public bool IsReferenceScalar => Kind == BodyKind.Scalar && !IsValueType;

    public bool CanBeNull => !IsValueType || Kind == BodyKind.Nullable;
}

/// <summary>An enum's names, in the order in which they are preferred.</summary>
internal sealed record BodyEnum(bool IsFlags, EquatableArray<BodyEnumName> Names);

internal sealed record BodyEnumName(string Text, ulong Key, bool Renamed);
