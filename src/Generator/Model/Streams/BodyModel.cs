namespace Typed.Generator.Model.Streams;

/// <summary>All types that a body reaches; the body is type 0. Members name their types by index, so that a recursive type makes no cycle.</summary>
internal sealed record BodyModel(EquatableArray<BodyType> Types)
{
    /// <summary>Whether the object may stand for a class above it, or that class is itself one, so that a discriminator may be in its JSON.</summary>
    public bool IsCase(int index) =>
        Types.Any(type => type.Union is { HasDiscriminator: true } union && (union.Base == index || union.Cases.Any(one => one.Type == index)));

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
    List,
    Map,
    Element,
    Nullable,
    Converted,
    Union,
}

/// <summary>A type in a body.</summary>
/// <param name="Kind">How it is written.</param>
/// <param name="Name">Its name in code.</param>
/// <param name="IsValueType">Whether null is no value of it.</param>
/// <param name="Scalar">Of a scalar: the name of its reading method.</param>
/// <param name="Item">Of a list, a map or a nullable: the type inside.</param>
/// <param name="Key">Of a map: the type of its keys.</param>
/// <param name="Collection">Of a list or a map: how it is made and walked.</param>
/// <param name="Object">Of an object: its shape.</param>
/// <param name="Enum">Of an enum: its names.</param>
/// <param name="Converter">Of a type that a converter reads and writes: the converter.</param>
/// <param name="Union">Of a class that others may stand for: those.</param>
internal sealed record BodyType(BodyKind Kind, string Name, bool IsValueType, string Scalar = "", int Item = -1, int Key = -1,
    BodyCollection? Collection = null, BodyObject? Object = null, BodyEnum? Enum = null, BodyConverter? Converter = null,
    BodyUnion? Union = null)
{
    /// <summary>Whether the type is a scalar and a reference, as texts and bytes are.</summary>
    public bool IsReferenceScalar => Kind == BodyKind.Scalar && !IsValueType;

    /// <summary>Whether its own method of the writer takes null too.</summary>
    public bool WritesNull => IsReferenceScalar || Kind == BodyKind.Converted;

    public bool CanBeNull => !IsValueType || Kind == BodyKind.Nullable || Converter is { IsNullable: true };
}

/// <summary>An enum's names, in the order in which they are preferred.</summary>
internal sealed record BodyEnum(bool IsFlags, EquatableArray<BodyEnumName> Names);

internal sealed record BodyEnumName(string Text, ulong Key, bool Renamed);
