using System.Text.Json;

namespace Typed.Runtime.Tests.Streams.Following;

public class StreamPositionTests
{
    private const string Text = "0199f0a1b2c3d4e5-00000000000002f1-019d0fe09e007134a123456789abcdef";

    [Fact]
    public void A_position_is_its_text()
    {
        var position = StreamPosition.Parse(Text);

        Assert.Equal(Text, position.ToString());
        Assert.Equal((0x0199f0a1b2c3d4e5, 0x2f1), (position.Epoch, position.Order));
        Assert.Equal($"\"{Text}\"", JsonSerializer.Serialize(position));
        Assert.Equal(position, JsonSerializer.Deserialize<StreamPosition>($"\"{Text}\""));
        Assert.Equal("0", StreamPosition.Start.ToString());
        Assert.Equal(StreamPosition.Start, StreamPosition.Parse("0"));
        Assert.Equal(default, StreamPosition.Start);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("1")]
    [InlineData("0199F0a1b2c3d4e5-00000000000002f1-019d0fe09e007134a123456789abcdef")]
    [InlineData("0000000000000000-00000000000002f1-019d0fe09e007134a123456789abcdef")]
    [InlineData("8199f0a1b2c3d4e5-00000000000002f1-019d0fe09e007134a123456789abcdef")]
    [InlineData("0199f0a1b2c3d4e5-f0000000000002f1-019d0fe09e007134a123456789abcdef")]
    [InlineData("0199f0a1b2c3d4e5 00000000000002f1 019d0fe09e007134a123456789abcdef")]
    [InlineData(" 199f0a1b2c3d4e5-00000000000002f1-019d0fe09e007134a123456789abcdef")]
    [InlineData("0199f0a1b2c3d4e5-00000000000002f1-019d0fe09e007134a123456789abcde")]
    [InlineData("0199f0a1b2c3d4e5-00000000000002f1-019d0fe09e007134a123456789abcdeg")]
    public void Another_text_is_none(string text)
    {
        Assert.False(StreamPosition.TryParse(text, out _));
        Assert.Contains(text, Assert.Throws<FormatException>(() => StreamPosition.Parse(text)).Message, StringComparison.Ordinal);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<StreamPosition>(JsonSerializer.Serialize(text)));
    }

    [Fact]
    public void Positions_compare_as_their_texts()
    {
        StreamPosition[] ascending =
        [
            StreamPosition.Start,
            new(1, 0, Guid.Empty),
            new(1, 9, Guid.AllBitsSet),
            new(1, 16, Guid.Empty),
            new(1, 16, new Guid("00000000-0000-0000-0000-0000000000ff")),
            new(1, 16, new Guid("ff000000-0000-0000-0000-000000000000")),
            new(1, long.MaxValue, Guid.Empty),
            new(2, 0, Guid.Empty),
        ];
        for (var i = 0; i < ascending.Length; i++)
        {
            for (var j = 0; j < ascending.Length; j++)
            {
                Assert.Equal(i.CompareTo(j), Math.Sign(ascending[i].CompareTo(ascending[j])));
                Assert.Equal(i.CompareTo(j), Math.Sign(string.CompareOrdinal(ascending[i].ToString(), ascending[j].ToString())));
                Assert.Equal(
                    (i < j, i <= j, i > j, i >= j, i == j, i != j),
                    (ascending[i] < ascending[j], ascending[i] <= ascending[j], ascending[i] > ascending[j], ascending[i] >= ascending[j],
                        ascending[i] == ascending[j], ascending[i] != ascending[j]));
            }
        }
    }
}
