using System.Reflection;
using System.Text;
using Typed.Generated;
using Typed.Streams.Json;

namespace Typed.Conformance.Tests.Streams;

/// <summary>Classes that stand for others, as the event itself and with instances that no text gives, against the framework's own serializer.</summary>
public sealed class PolymorphicTests
{
    private const string Source = """
        using System; using System.Collections.Generic; using System.Text.Json; using System.Text.Json.Serialization; using Typed;
        namespace Unions;

        [EventStream, JsonDerivedType(typeof(Opened), "opened"), JsonDerivedType(typeof(Closed), 2), JsonDerivedType(typeof(Plain))]
        public partial class Door { public int N { get; set; } [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public Door? Next { get; set; } }
        public class Opened : Door { public string? By { get; init; } }
        public class Closed : Door { public required bool Locked { get; init; } [JsonExtensionData] public Dictionary<string, JsonElement>? More { get; set; } }
        public class Plain : Door { public int P { get; set; } }
        public class Unnamed : Opened;

        [EventStream(Naming = JsonNaming.SnakeCaseLower), JsonPolymorphic(TypeDiscriminatorPropertyName = "the_kind"), JsonDerivedType(typeof(Deposit), "d"), JsonDerivedType(typeof(Transfer), "t")]
        public abstract partial record Booking(decimal Sum);
        public record Deposit(decimal Sum) : Booking(Sum);
        public record Transfer(decimal Sum, string ToAccount) : Booking(Sum) { public Booking? Inverse { get; init; } }

        [JsonPolymorphic(UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FallBackToBaseType), JsonDerivedType(typeof(B1), "b1")] public class Back { public int A { get; set; } }
        public class B1 : Back { public int B { get; set; } } public class B2 : Back { public int C { get; set; } } public class B3 : B1 { public int D { get; set; } }
        [JsonPolymorphic(UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FallBackToBaseType), JsonDerivedType(typeof(NamedBack), "self"), JsonDerivedType(typeof(N1), "n1")] public class NamedBack { public int A { get; set; } }
        public class N1 : NamedBack { public int B { get; set; } } public class N2 : NamedBack { public int C { get; set; } }
        [JsonPolymorphic(UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FallBackToNearestAncestor), JsonDerivedType(typeof(U1), "u1"), JsonDerivedType(typeof(U2), "u2")] public class Up { public int A { get; set; } }
        public class U1 : Up { public int B { get; set; } } public class U2 : U1 { public int C { get; set; } } public class U3 : U2 { public int D { get; set; } } public class U4 : U1 { public int E { get; set; } } public class U5 : Up { public int F { get; set; } }
        [JsonDerivedType(typeof(M1)), JsonDerivedType(typeof(M2))] public class Mute { public int A { get; set; } }
        public class M1 : Mute { public int B { get; set; } } public class M2 : Mute { [JsonExtensionData] public Dictionary<string, JsonElement>? More { get; set; } }
        [JsonDerivedType(typeof(Middle), "middle"), JsonDerivedType(typeof(Low), "low")] public class High { public int A { get; set; } }
        [JsonDerivedType(typeof(Low), "LOW")] public class Middle : High { public int B { get; set; } }
        public class Low : Middle { public int C { get; set; } }
        [EventStream] public partial class Holder
        {
            public Back? Back { get; set; } public NamedBack? Named { get; set; } public Up? Up { get; set; } public Mute? Mute { get; set; } public High? High { get; set; } public Middle? Middle { get; set; } public Low? Low { get; set; } public List<Back>? List { get; set; }
        }

        public static class Instances
        {
            public static Door[] Doors => [new(), new Opened { By = "x", Next = new Closed { Locked = true } }, new Closed { Locked = false, More = new() { ["$a"] = JsonDocument.Parse("1").RootElement } }, new Plain { P = 1, Next = new Door() }, new Unnamed(), new Door { Next = new Unnamed() }];
            public static Booking[] Bookings => [new Deposit(1.50m), new Transfer(2, "a") { Inverse = new Transfer(-2, "b") }];
            public static Holder[] Holders =>
            [
                new() { Back = new() }, new() { Back = new B1() }, new() { Back = new B2() }, new() { Back = new B3() }, new() { Named = new() }, new() { Named = new N1() }, new() { Named = new N2() }, new() { Up = new() }, new() { Up = new U1() },
                new() { Up = new U2() }, new() { Up = new U3() }, new() { Up = new U4() }, new() { Up = new U5() }, new() { Mute = new() }, new() { Mute = new M1 { B = 1 } }, new() { Mute = new M2() }, new() { High = new() }, new() { High = new Middle() },
                new() { High = new Low() }, new() { Middle = new() }, new() { Middle = new Low() }, new() { Low = new Low() }, new() { List = [new B1(), new Back(), null!, new B3()] },
            ];
        }
        """;

    private static readonly Lazy<Assembly> s_declared = new(() => EmittedAssembly.Create("Typed.Unions", [("Unions.cs", Source)]).Assembly);

    [Theory]
    [InlineData("Door", "Doors")]
    [InlineData("Booking", "Bookings")]
    [InlineData("Holder", "Holders")]
    public void Writing(string name, string instances)
    {
        var (type, naming) = (Type(name), name == "Booking");
        Assert.All(((Array)Type("Instances").GetProperty(instances)!.GetValue(null)!).Cast<object>(), instance =>
            Assert.Equal(naming ? AgainstFramework.Written(instance, type).Replace("toAccount", "to_account", StringComparison.Ordinal) : AgainstFramework.Written(instance, type), AgainstFramework.Emitted(type, "null", instance).Written));
    }

    [Theory]
    [InlineData("Door", "null", "{}", "{\"n\":1,\"$type\":\"opened\",\"by\":\"x\"}", "{\"$type\":2}", "{\"$type\":2,\"locked\":true,\"z\":1}", "{\"$type\":\"x\"}", "{\"next\":{\"next\":{\"$type\":2,\"locked\":true}}}", "[]", "{\"$x\":1}")]
    [InlineData("Booking", "null", "{}", "{\"the_kind\":\"d\",\"sum\":1}", "{\"sum\":1,\"the_kind\":\"d\"}", "{\"$type\":\"d\",\"sum\":1}", "{\"the_kind\":\"d\"}")]
    [InlineData("Holder", "{\"mute\":{\"$type\":1,\"a\":2}}", "{\"mute\":{\"$id\":\"1\"}}", "{\"high\":{\"$type\":\"low\",\"c\":1}}", "{\"high\":{\"$type\":\"LOW\"}}", "{\"middle\":{\"$type\":\"LOW\",\"c\":1}}", "{\"low\":{\"$type\":\"LOW\",\"c\":1}}", "{\"up\":{\"$type\":\"u2\"}}", "{\"list\":[{\"$type\":\"b1\"},null,{}]}")]
    public void Reading(string name, params string[] texts) => Assert.All(texts, text => AgainstFramework.Compare(Type(name), text));

    [Fact]
    public void What_cannot_be_read_says_what_was_expected()
    {
        Assert.Equal("$: expected an object with the_kind (\"d\", \"t\"), found {\"sum\":1}", Refusal("Booking", "{\"sum\":1}"));
        Assert.Equal("$.the_kind: expected \"d\", \"t\", found \"x\"", Refusal("Booking", "{\"sum\":1,\"the_kind\":\"x\"}"));
        Assert.Equal("$.next.$type: expected \"opened\", 2, found 3", Refusal("Door", "{\"next\":{\"$type\":3}}").Replace("['$type']", ".$type", StringComparison.Ordinal));
    }

    private static string Refusal(string name, string text) =>
        (string)typeof(PolymorphicTests).GetMethod(nameof(RefusalOf), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(Type(name)).Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [text], culture: null)!;

    private static string RefusalOf<T>(string text)
        where T : IEventBody<T> => Assert.Throws<EventReadException>(() => BodyText.Read<T>(Encoding.UTF8.GetBytes(text))).Message;

    private static Type Type(string name) => s_declared.Value.GetType("Unions." + name, throwOnError: true)!;
}
