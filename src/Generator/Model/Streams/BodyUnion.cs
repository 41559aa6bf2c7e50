namespace Typed.Generator.Model.Streams;

/// <summary>What is done with an instance of a class that no attribute names: a member of <c>JsonUnknownDerivedTypeHandling</c>.</summary>
internal enum UnknownDerived
{
    FailSerialization,
    FallBackToBaseType,
    FallBackToNearestAncestor,
}

/// <summary>A class or interface that others may stand for, told by a member of their JSON.</summary>
/// <param name="Discriminator">The name of that member.</param>
/// <param name="IgnoresUnknown">Whether an unknown discriminator is read as none.</param>
/// <param name="Unknown">What is done with an instance of another class.</param>
/// <param name="Base">The class itself as an object, without a discriminator; -1: it has no instances.</param>
/// <param name="Shape">The class with the members that queries see; -1: it is an interface.</param>
/// <param name="Cases">The classes that may stand for it; those further down first.</param>
internal sealed record BodyUnion(string Discriminator, bool IgnoresUnknown, UnknownDerived Unknown, int Base, int Shape, EquatableArray<BodyCase> Cases)
{
    public bool HasDiscriminator => Cases.Any(one => one.HasDiscriminator);
}

/// <summary>A class that may stand for another.</summary>
/// <param name="Type">The object.</param>
/// <param name="Text">Its discriminator as a text; null: it has none.</param>
/// <param name="Number">Its discriminator as a number; null: it has none.</param>
/// <param name="IsBase">Whether it is the class itself.</param>
internal sealed record BodyCase(int Type, string? Text, int? Number, bool IsBase)
{
    public bool HasDiscriminator => Text is not null || Number is not null;
}
