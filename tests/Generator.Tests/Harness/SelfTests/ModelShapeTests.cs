using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Typed.Generator.Model;
using Typed.Generator.Model.Series;

namespace Typed.Generator.Tests.Harness.SelfTests
{
    public class ModelShapeTests
    {
        private const string Good = "Typed.Generator.Tests.Harness.SelfTests.GoodModel";
        private const string Bad = "Typed.Generator.Tests.Harness.SelfTests.BadModel";

        [Fact]
        public void A_plain_model_passes()
        {
            Assert.Equal(5, ModelShape.Types(typeof(ModelShapeTests).Assembly, Good).Count);
            Assert.Empty(ModelShape.Failures(typeof(ModelShapeTests).Assembly, Good));
        }

        [Fact]
        public void Every_break_of_the_law_is_named() => Assert.Equal(
            [
                "Bare has no equality of its own",
                "Computed.Symbol holds ISymbol",
                "Deep.Inner.Nodes holds SyntaxNode[]",
                "Inner.Nodes compares by reference: SyntaxNode[]",
                "Inner.Nodes holds SyntaxNode[]",
                "Keeps._place holds Location",
                "Lists.Interface compares by reference: IReadOnlyList<String>",
                "Lists.Same compares by reference: ImmutableArray<String>",
                "Lists.Within compares by reference: EquatableArray<ImmutableArray<Int32>>",
                "Plain is neither a record nor a struct",
            ],
            ModelShape.Failures(typeof(ModelShapeTests).Assembly, Bad));

        [Fact]
        public void The_generators_model_keeps_the_law()
        {
            var generator = typeof(EquatableArray<>).Assembly;
            var model = ModelShape.Types(generator, "Typed.Generator.Model");
            Assert.Contains(typeof(SeriesModel), model);
            Assert.Contains(typeof(ModuleModel), model);
            Assert.Empty(ModelShape.Failures(generator, "Typed.Generator.Model"));
        }

        [Fact]
        public void What_the_model_borrows_from_other_rooms_keeps_it_too()
        {
            var reachable = ModelShape.Reachable([typeof(SeriesModel)]);
            Assert.Contains(typeof(Time.IntervalSpec), reachable);
            Assert.Contains(typeof(Time.StepSpec), reachable);
            Assert.Empty(ModelShape.Failures([typeof(SeriesModel), typeof(ModuleModel)]));
        }

        [Fact]
        public void A_break_deep_inside_is_named() =>
            Assert.Contains("Inner.Nodes compares by reference: SyntaxNode[]", ModelShape.Failures([typeof((BadModel.Deep, int))]));
    }
}

namespace Typed.Generator.Tests.Harness.SelfTests.GoodModel
{
    internal abstract record Node(string Name, DayOfWeek? Day);

    internal sealed record Tree(string Name, EquatableArray<Tree> Children, (int Line, int Column) Place) : Node(Name, null);

    internal readonly record struct Leaf(Tree? Tree, DateTimeOffset At);

    internal static class Nodes;

    internal readonly struct Handmade(int[] items) : IEquatable<Handmade>
    {
        private readonly int[] _items = items;

        public bool Equals(Handmade other) => _items.AsSpan().SequenceEqual(other._items);

        public override bool Equals(object? obj) => obj is Handmade other && Equals(other);

        public override int GetHashCode() => _items.Length;
    }

    internal sealed record Holder<T>(T Value, Handmade Handmade)
        where T : IEquatable<T>;
}

namespace Typed.Generator.Tests.Harness.SelfTests.BadModel
{
    internal sealed record Inner(SyntaxNode[] Nodes);

    internal sealed record Deep(EquatableArray<Inner> Inner);

    internal sealed record Lists(IReadOnlyList<string> Interface, ImmutableArray<string> Same, EquatableArray<ImmutableArray<int>> Within);

    internal sealed record Computed(string Name)
    {
        public ISymbol? Symbol => null;
    }

    internal struct Bare
    {
        public int Value { get; set; }
    }

    internal sealed class Plain : IEquatable<Plain>
    {
        public bool Equals(Plain? other) => other is not null;

        public override bool Equals(object? obj) => Equals(obj as Plain);

        public override int GetHashCode() => 0;
    }

    internal sealed record Keeps(string Name)
    {
        private readonly Location? _place = Location.None;

        public bool Equals(Keeps? other) => other is not null && Name == other.Name && _place == other._place;

        public override int GetHashCode() => 0;
    }
}
