using System.Reflection;
using System.Text;
using Typed.Generated;
using Typed.Streams.Json;

namespace Typed.Conformance.Tests.Streams;

/// <summary>The marked member gives the time, wherever it is declared.</summary>
public sealed class EventTimeTests
{
    private const string Source = """
        using System; using System.Text.Json.Serialization; using Typed;
        namespace Times;
        public record Positional([EventTime] DateTimeOffset At);
        public class Plain { [EventTime] public virtual DateTimeOffset At { get; set; } }
        public class Generic<T> { [EventTime] protected T? Then { get; private set; } [JsonInclude] public T? At { get => Then; init => Then = value; } }
        [EventStream] public partial record OfParameter([EventTime] DateTimeOffset At);
        [EventStream] public partial record OfBaseParameter(DateTimeOffset At, int N) : Positional(At);
        [EventStream] public partial class OfBase : Plain;
        [EventStream] public partial class OfOverride : Plain { [EventTime] public override DateTimeOffset At { get; set; } }
        [EventStream] public partial class OfGeneric : Generic<DateTime>;
        [EventStream] public partial class OfNullable : Generic<DateTimeOffset?>;
        [EventStream] public partial class OfObsolete { [EventTime, Obsolete("x", true)] public DateTimeOffset At { get; set; } }
        """;

    private static readonly Lazy<Assembly> s_declared = new(() => EmittedAssembly.Create("Typed.Times", [("Times.cs", Source)]).Assembly);

    [Theory]
    [InlineData("OfParameter")]
    [InlineData("OfBaseParameter")]
    [InlineData("OfBase")]
    [InlineData("OfOverride")]
    [InlineData("OfGeneric")]
    [InlineData("OfNullable")]
    [InlineData("OfObsolete")]
    public void Is_that_of_the_member(string name)
    {
        var type = s_declared.Value.GetType("Times." + name, throwOnError: true)!;
        var method = GetType().GetMethod(nameof(TimeOf), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type);
        Assert.Equal(new DateTimeOffset(2026, 3, 21, 10, 11, 12, TimeSpan.Zero), method.Invoke(null, ["""{"at":"2026-03-21T10:11:12Z","n":1}"""]));
    }

    private static DateTimeOffset? TimeOf<T>(string text)
        where T : IEventBody<T>
    {
        Assert.True(T.Stream.HasTime);
        return T.TimeOf(BodyText.Read<T>(Encoding.UTF8.GetBytes(text))!);
    }
}
