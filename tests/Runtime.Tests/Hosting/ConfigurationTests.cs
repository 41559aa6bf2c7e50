using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Typed.Runtime.Tests.Series.Declared;

namespace Typed.Runtime.Tests.Hosting;

/// <summary>Options from the application's configuration.</summary>
public class ConfigurationTests
{
    [Fact]
    public void Every_option_has_an_entry()
    {
        var options = Bound(
            ("BatchSize", "17"), ("Capacity", "18"), ("ExpireEvery", "00:30:00"), ("FlushInterval", "00:00:01.5"), ("MaxEventBytes", "19"), ("ReadTimeout", "00:00:20"),
            ("ShutdownTimeout", "00:00:21"), ("WhenFull", "dropnewest"), ("WriteTimeout", "1.00:00:00"), ("Writers", "3"));

        Assert.Equal((17, 18, 19, 3), (options.BatchSize, options.Capacity, options.MaxEventBytes, options.Writers));
        Assert.Equal(
            (TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(21), TimeSpan.FromDays(1)),
            (options.ExpireEvery, options.FlushInterval, options.ReadTimeout, options.ShutdownTimeout, options.WriteTimeout));
        Assert.Equal(WhenFull.DropNewest, options.WhenFull);
        Assert.Null(Bound(("ExpireEvery", "")).ExpireEvery);
        Assert.Equal(TimeSpan.Zero, Bound(("FlushInterval", "0")).FlushInterval);
    }

    // Whatever can be set by an assignment of text, a number or a time.
    [Fact]
    public void No_option_is_forgotten() => Assert.Equal(
        typeof(TypedOptionsBuilder).GetProperties().Where(property => property.DeclaringType == typeof(TypedOptionsBuilder) && property.CanWrite)
            .Select(property => property.Name).Except(["TimeProvider", "OnRejected"], StringComparer.Ordinal).Order(StringComparer.Ordinal),
        Assert.Throws<InvalidOperationException>(() => Bound(("Nothing", "1"))).Message.Split("There are ")[1].TrimEnd('.').Split(", "));

    [Theory]
    [InlineData("Capacities", "1", "Typed:Capacities: a store has no such option.")]
    [InlineData("Capacity", "0", "Typed:Capacity = '0': Capacity is 1 or more.")]
    [InlineData("Capacity", "many", "Typed:Capacity = 'many':")]
    [InlineData("Capacity", "99999999999", "Typed:Capacity = '99999999999':")]
    [InlineData("FlushInterval", "soon", "Typed:FlushInterval = 'soon':")]
    [InlineData("WriteTimeout", "15", "Typed:WriteTimeout = '15': A bare number would be days: 15 seconds are written 00:00:15, and a day is 1.00:00:00.")]
    [InlineData("ReadTimeout", "5", "Typed:ReadTimeout = '5': A bare number would be days: 15 seconds are written 00:00:15, and a day is 1.00:00:00.")]
    [InlineData("FlushInterval", "250", "Typed:FlushInterval = '250': A bare number would be days: 15 seconds are written 00:00:15, and a day is 1.00:00:00.")]
    [InlineData("WhenFull", "7", "Typed:WhenFull = '7': WhenFull is one of its named values.")]
    [InlineData("WhenFull", "Panic", "Typed:WhenFull = 'Panic': WhenFull is one of Wait, DropNewest, DropOldest, Throw.")]
    public async Task What_does_not_fit_keeps_the_host_from_starting_and_is_named(string name, string value, string message)
    {
        await using var host = new HostedStore(builder =>
        {
            builder.Configuration.AddInMemoryCollection([new($"Typed:{name}", value)]);
            builder.Services.AddTyped((services, o) =>
                o.UseSqlite("Data Source=:memory:").Only<Hit>().Bind(services.GetRequiredService<IConfiguration>().GetSection("Typed")));
        });

        var error = await Assert.ThrowsAsync<InvalidOperationException>(host.StartAsync);

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    private static TypedOptionsBuilder Bound(params (string Name, string Value)[] entries) => new TypedOptionsBuilder().Bind(
        new ConfigurationBuilder().AddInMemoryCollection(entries.Select(entry => KeyValuePair.Create($"Typed:{entry.Name}", (string?)entry.Value))).Build().GetSection("Typed"));
}
