using Typed.Tests.Harness.Structure;

namespace Typed.Generator.Tests.Structure;

/// <summary>What the search for circles finds: by folder and by file.</summary>
public class ReferenceCycleTests
{
    private static readonly Type[] s_types = [typeof(Hen), typeof(Egg), typeof(Farmer)];

    [Fact]
    public void A_circle_is_named_with_its_references() => Assert.Equal(
        ["Egg, Hen: Typed.Generator.Tests.Structure.Egg refers to Typed.Generator.Tests.Structure.Hen; Typed.Generator.Tests.Structure.Hen refers to Typed.Generator.Tests.Structure.Egg"],
        ReferenceCycles.Find(s_types, type => type.Name));

    [Fact]
    public void Circles_inside_one_place_do_not_count() => Assert.Empty(ReferenceCycles.Find(s_types, type => type == typeof(Farmer) ? "Farm" : "Coop"));

    [Fact]
    public void What_has_no_place_does_not_count() => Assert.Empty(ReferenceCycles.Find(s_types, type => type == typeof(Egg) ? null : type.Name));
}

#pragma warning disable CA1812, CA1823 // examples: they only refer
internal sealed class Hen
{
    public Egg? Lay() => null;
}

internal sealed class Egg
{
    public Hen? Hatch() => null;
}

internal sealed class Farmer
{
    public (Hen, Egg)? Keep() => null;
}
