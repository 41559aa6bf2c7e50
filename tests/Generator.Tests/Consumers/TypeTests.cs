using Typed.Generator.Tests.Harness;
using static Typed.Generator.Tests.Consumers.Consumer;

namespace Typed.Generator.Tests.Consumers;

/// <summary>Kinds of declared types, what they are nested in, what they derive from.</summary>
public class TypeTests
{
    [Theory]
    [InlineData("@1 public partial record Order([Typed.SeriesKey] string Region, [Typed.SeriesKey] int Id, [Typed.SeriesValue] long Amount, [Typed.SeriesTime] DateTimeOffset? At);")]
    [InlineData("@1 public partial record struct Order([Typed.SeriesKey] string Region, [property: Typed.SeriesValue] int Amount);")]
    [InlineData("@1 public readonly partial record struct Order([Typed.SeriesKey] string Region);")]
    [InlineData("@1 public readonly partial struct Order { [Typed.SeriesKey] public readonly string Region; [Typed.SeriesValue] public readonly ulong Amount; }")]
    [InlineData("@1 public partial struct Order { [Typed.SeriesKey] public required string Region { get; init; } }")]
    [InlineData("@1 public abstract partial class Order { [Typed.SeriesKey] public abstract string Region { get; } }")]
    [InlineData("@1 public sealed partial class Order { [Typed.SeriesKey] private string Region { get; } = \"\"; [Typed.SeriesTime] internal DateTime At; }")]
    [InlineData("@1 public sealed partial class Order { [Typed.SeriesKey] public partial string Region { get; } } public partial class Order { public partial string Region => \"\"; }")]
    [InlineData("@1 public sealed partial class Order { private string _region = \"\"; [Typed.SeriesKey] public ref readonly string Region => ref _region; }")]
    [InlineData("@1 public unsafe partial class Order { [Typed.SeriesKey] public int Id; public int* Pointer; }")]
    public Task Of_every_kind(string source) => CheckAsync(Declare(source));

    [Fact]
    public Task Nested_in_everything() => CheckAsync(Declare(
        """
        namespace Shop
        {
            public partial class @class
            {
                public static partial class Utilities
                {
                    internal readonly partial struct Desk
                    {
                        public partial interface IDrawer
                        {
                            public partial record Folder
                            {
                                internal readonly partial record struct Sheet
                                {
                                    @2 internal partial class Order
                                    {
                                        [Typed.SeriesKey] public string Region { get; }
                                        [Typed.SeriesValue] public int Amount { get; }

                                        @1 internal partial class Line { [Typed.SeriesKey] public Guid Key2 { get; } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        """));

    [Theory]
    [InlineData("@1 public partial class A { [Typed.SeriesKey] public string Id { get; } } @1 public partial class B : A; @2 public partial class C : B { [Typed.SeriesValue] public int Value { get; } }")]
    [InlineData("@1 public partial class A; @1 public partial class B : A { [Typed.SeriesKey] public string Id { get; } } public partial class C : B;")]
    [InlineData("public class Base<T> { [Typed.SeriesKey] public T Id { get; } = default!; [Typed.SeriesValue] protected internal int Value; } @1 public partial class B : Base<string>; @2 public partial class C : Base<Guid>;")]
    [InlineData("public class Entity { public int Key; public int Row { get; } public void Handle() { } public class In; }\n#pragma warning disable TYP1025\n@1 public partial class B : Entity { [Typed.SeriesKey] public string Id { get; } }")]
    [InlineData("public class Entity { public virtual int Key { get; } public virtual object In(Typed.TypedStore store) => store; public virtual event Action Row; public sealed class Handle; }\n#pragma warning disable TYP1025\n@1 public partial class B : Entity { [Typed.SeriesKey] public string Id { get; } }")]
    [InlineData("public class Entity { public int Key; } @1 public partial class B : Entity;")]
    [InlineData("public class Entity { private int Row; private class Handle; public object In(int store) => store; public static T In<T>(Typed.TypedStore store) => default; } @1 public partial class B : Entity;")]
    [InlineData("public abstract record Entity([Typed.SeriesKey] string Id); @1 public partial record B(string Id, [Typed.SeriesValue] int Amount) : Entity(Id);")]
    [InlineData("public interface IKeyed { string Id { get; } } @1 public partial class B : IKeyed { [Typed.SeriesKey] public string Id { get; } string IKeyed.Id => \"\"; }")]
    [InlineData("public class Entity { [Typed.SeriesKey] public virtual string Id { get; set; } } @1 public partial class B : Entity { public override string Id { set { } } }")]
    public Task Derived_from_what_declares(string source) => CheckAsync(Declare(source));

    [Theory]
    [InlineData("@1 internal partial class Order { [Typed.SeriesKey] public Channel Channel { get; } } internal enum Channel : ulong { Web }")]
    [InlineData("@1 public partial class Order { [Typed.SeriesKey] internal Channel Channel { get; } } internal enum Channel : sbyte { Web }")]
    [InlineData("@2 public partial class Order { [Typed.SeriesValue] internal Channel Medium { get; } internal enum Channel { Web } }")]
    [InlineData("public partial class Shop { @2 protected internal partial class Order { [Typed.SeriesValue] public Channel Channel { get; } } protected internal enum Channel { Web } }")]
    [InlineData("internal partial class Shop { @1 public partial class Order { [Typed.SeriesKey] public Channel Channel { get; } } public enum Channel { Web } }")]
    public Task With_internal_parts(string source) => CheckAsync(Declare(source));

    [Theory]
    [InlineData("[Obsolete] @1 public partial class Order { [Typed.SeriesKey] public string Id { get; } }")]
    [InlineData("@1 public partial class Order { [Obsolete(\"old\"), Typed.SeriesKey] public string Id { get; } [Obsolete, Typed.SeriesValue] public int Amount; [Obsolete, Typed.SeriesTime] public DateTime At; }")]
    [InlineData("[Obsolete] public enum Channel { Web } @1 public partial class Order { [Typed.SeriesKey] public Channel Channel { get; } }")]
    [InlineData("[Obsolete] public partial class Shop { @1 public partial class Order { [Typed.SeriesKey] public string Id { get; } } }")]
    [InlineData("[Obsolete(\"old\", DiagnosticId = \"SHOP1\")] @1 public partial class Order { [Typed.SeriesKey, Obsolete(\"old\", DiagnosticId = \"SHOP2\")] public Channel Id { get; } } [Obsolete(\"old\", DiagnosticId = \"SHOP3\")] public enum Channel { Web }")]
    [InlineData("[Obsolete(\"old\", DiagnosticId = \"SHOP1\")] public partial class Shop { @1 public partial class Order { [Typed.SeriesKey] public string Id { get; } } }")]
    [InlineData("[System.Diagnostics.CodeAnalysis.Experimental(\"SHOP1\")] @1 public partial class Order { [Typed.SeriesKey] public string Id { get; } }")]
    public async Task Obsolete_or_experimental(string source)
    {
        var run = Compile.Run(new TypedGenerator(), new CompileOptions { NoWarn = ["CS0612", "CS0618"] }, Declare(source)).AssertOutputsClean();

        Assert.Equal(2, run.Outputs.Count);
        await Task.CompletedTask;
    }

    [Fact]
    public Task With_attributes_on_nullability() => CheckAsync(Declare(
        """
        #nullable enable
        using System.Diagnostics.CodeAnalysis;
        @2 public partial class Order { [Typed.SeriesKey, MaybeNull] public string Id { get; } = ""; [Typed.SeriesValue, AllowNull] public byte[] Body { get; set; } = []; }
        """));

    [Fact]
    public Task In_an_assembly_that_is_CLS_compliant() => CheckAsync(Declare(
        """
        [assembly: CLSCompliant(true)]
        @2 public partial class Order { [Typed.SeriesKey, CLSCompliant(false)] public ulong Id { get; } [Typed.SeriesKey] public int ID2 { get; } [Typed.SeriesKey] public string _region; [Typed.SeriesValue, CLSCompliant(false)] public sbyte Body { get; set; } }
        """));
}
