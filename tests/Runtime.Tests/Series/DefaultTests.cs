using Typed.Runtime.Tests.Series.Declared;

namespace Typed.Runtime.Tests.Series;

/// <summary>Structs that nobody made: they can be asked too.</summary>
public class DefaultTests
{
    // A dictionary or a sorted list may hold one.
    [Fact]
    public void The_default_of_a_key_orders_before_all_others()
    {
        Hit.Key none = default;

        Assert.Equal([none, "", "a"], new Hit.Key[] { "a", none, "" }.Order());
        Assert.Equal(0, none.CompareTo(default));
        Assert.NotEqual(none, "");
    }

    // What FirstOrDefaultAsync gives where there is nothing.
    [Fact]
    public void The_default_of_a_bucket_is_empty()
    {
        var none = default(Bucket<long>);

        Assert.Empty(none.Slots);
        Assert.Equal(0, none.Value);
        Assert.Throws<InvalidOperationException>(() => none.Label);
        Assert.Throws<InvalidOperationException>(() => none.End);
    }
}
