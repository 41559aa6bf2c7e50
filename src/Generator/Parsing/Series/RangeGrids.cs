using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Typed.Time;

namespace Typed.Generator.Parsing.Series;

/// <summary>
/// The grid on which an expression reads, followed back through the runtime's own calls and through locals that have one value: <c>Hit.In(store).Hour</c> names
/// it. Where anything else stands on the way, the grid is unknown.
/// </summary>
internal static class RangeGrids
{
    /// <summary>The interval that is read, on its own grid or resampled; null: unknown.</summary>
    public static IntervalSpec? Of(IOperation? range) => range switch
    {
        IConversionOperation conversion => Of(conversion.Operand),
        IParenthesizedOperation inner => Of(inner.Operand),
        IInvocationOperation { TargetMethod: { Name: "Resample" } method } call when RuntimeApi.Has(method) =>
            Of(Receiver(call)) is { } finer && Constant(call, "grid") is { } text ? Resampled(finer, text) : null,
        IInvocationOperation call when RuntimeApi.Has(call.TargetMethod) => Of(Receiver(call)),
        IPropertyReferenceOperation { Instance: { } handle } property => Interval(handle.Type, property.Property.Name),
        ILocalReferenceOperation { Local: var local } reference => Of(OnlyValue(local, reference)),
        _ => null,
    };

    /// <summary>What a method of a range is called on.</summary>
    public static IOperation? Receiver(IInvocationOperation call) =>
        call.Instance ?? call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value;

    /// <summary>A text argument that is known at compile time.</summary>
    public static string? Constant(IInvocationOperation call, string parameter) =>
        call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == parameter)?.Value.ConstantValue is { HasValue: true, Value: string text }
            ? text
            : null;

    /// <summary>An interval on the grid of a text; null where the text is no grid.</summary>
    public static IntervalSpec? Resampled(IntervalSpec finer, string grid)
    {
        try
        {
            var (step, zone) = GridGrammar.Parse(grid, finer.Zone, nameof(grid));
            return new(finer.Name, step, step, Keep: null, zone);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static IntervalSpec? Interval(ITypeSymbol? handle, string member)
    {
        var attribute = RuntimeApi.SeriesOf(handle)?.GetAttributes().FirstOrDefault(a => a.AttributeClass?.ToDisplayString() == KnownNames.TimeSeries);
        if (attribute is null || AttributeArguments.Value(attribute, "Intervals") is not { Kind: TypedConstantKind.Array, IsNull: false } texts)
        {
            return null;
        }

        _ = IntervalGrammar.TryParseAll([.. texts.Values.Select(text => text.Value as string ?? "")], out var specs, out _);
        return specs.FirstOrDefault(spec => IntervalNames.Member(spec.Name) == member);
    }

    /// <summary>The value of a local that is given one where it is declared, and none later.</summary>
    private static IOperation? OnlyValue(ILocalSymbol local, IOperation reference)
    {
        var root = reference;
        while (root.Parent is { } parent)
        {
            root = parent;
        }

        IOperation? value = null;
        foreach (var operation in root.Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator when Same(declarator.Symbol, local):
                    value = (declarator.Initializer ?? (declarator.Parent as IVariableDeclarationOperation)?.Initializer)?.Value;
                    break;
                case IAssignmentOperation { Target: ILocalReferenceOperation target } when Same(target.Local, local):
                case IArgumentOperation { Parameter.RefKind: not RefKind.None, Value: ILocalReferenceOperation passed } when Same(passed.Local, local):
                    return null;
            }
        }

        return value;
    }

    private static bool Same(ILocalSymbol left, ILocalSymbol right) => SymbolEqualityComparer.Default.Equals(left, right);
}
