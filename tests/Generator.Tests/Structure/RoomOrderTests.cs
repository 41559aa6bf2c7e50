using Typed.Tests.Harness.Structure;

namespace Typed.Generator.Tests.Structure;

/// <summary>What the check of an order finds, and what it lets pass.</summary>
public class RoomOrderTests
{
    private static readonly RoomOrder s_order = new RoomOrder([""], ["Upper/Series", "Upper/Streams"], ["Upper"], ["Lower/Series", "Lower/Streams"], ["Lower"], ["Bottom", "Cellar"])
        .Apart("Series", "Streams").WithFace("Face", knownBy: ["Upper"]);

    [Theory]
    [InlineData("", "Upper/Series", true)]
    [InlineData("Upper/Series", "Upper", true)]
    [InlineData("Upper/Series", "Lower/Series", true)]
    [InlineData("Upper", "Lower/Series", true)]
    [InlineData("Lower", "Bottom", true)]
    [InlineData("Cellar", "Bottom", true)]
    [InlineData("Face", "Upper/Series", true)]
    [InlineData("Upper/Series", "Face", true)]
    [InlineData("Lower", "Face", false)]
    [InlineData("Upper", "Upper/Series", false)]
    [InlineData("Upper", "", false)]
    [InlineData("Lower/Series", "Upper", false)]
    [InlineData("Upper/Series", "Upper/Streams", false)]
    [InlineData("Upper/Series", "Lower/Streams", false)]
    [InlineData("Bottom", "Lower", false)]
    public void An_order(string from, string to, bool allowed) => Assert.Equal(allowed, s_order.May(from, to));

    [Theory]
    [InlineData("", "")]
    [InlineData("Upper", "Upper")]
    [InlineData("Upper/Names", "Upper")]
    [InlineData("Upper/Series/Names", "Upper/Series")]
    [InlineData("Face/Names", "Face")]
    [InlineData("UpperMost", null)]
    public void The_room_of_a_folder(string folder, string? room) => Assert.Equal(room, s_order.RoomOf(folder));

    [Fact]
    public void A_reference_against_the_order_is_named() => Assert.Equal(
        ["Lower -> Upper/Series: Typed.Generator.Tests.Structure.Egg refers to Typed.Generator.Tests.Structure.Hen"],
        s_order.Violations([typeof(Egg), typeof(Hen)], type => type == typeof(Hen) ? "Upper/Series" : "Lower"));

    [Fact]
    public void Series_and_streams_stand_apart_on_different_floors_too() => Assert.Equal(
        ["Upper/Series -> Lower/Streams: Typed.Generator.Tests.Structure.Hen refers to Typed.Generator.Tests.Structure.Egg"],
        s_order.Violations([typeof(Hen)], type => type == typeof(Hen) ? "Upper/Series" : "Lower/Streams"));

    [Fact]
    public void A_folder_outside_the_order_is_named()
    {
        Assert.Equal(["Typed.Generator.Tests.Structure.Egg is in Attic, which is no room"], s_order.Violations([typeof(Egg)], _ => "Attic"));
        Assert.Equal(["Typed.Generator.Tests.Structure.Egg is declared in no file that was found"], s_order.Violations([typeof(Egg)], _ => null));
    }
}
