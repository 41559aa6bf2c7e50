namespace Typed.Benchmarks.Ratios.Compiling;

/// <summary>What our generator costs in a project of 200 declared classes, beside another one in a project of as many.</summary>
public abstract class GeneratorRatio(string edit, bool withFile, bool isJson) : IRatio
{
    private GeneratorSide? _ours;
    private GeneratorSide? _theirs;

    public string Name => $"generator {(withFile ? "with file" : "alone")}: {edit} / {(isJson ? "Json's" : "Refit's")}";

    public abstract double Limit { get; }

    public int WarmUpPairs => 40; // enough for the runtime to settle on its final code

    public Task SetUpAsync()
    {
        _ours = withFile ? GeneratorSide.TypedWithFile() : GeneratorSide.Typed();
        _theirs = isJson ? GeneratorSide.Json() : GeneratorSide.Refit();
        return Task.CompletedTask;
    }

    public void Prepare()
    {
        Ready(_ours!);
        Ready(_theirs!);
    }

    public ValueTask Ours()
    {
        _ours!.Run();
        return ValueTask.CompletedTask;
    }

    public ValueTask Theirs()
    {
        _theirs!.Run();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected abstract void Ready(GeneratorSide side);
}

/// <summary>As a build runs it: nothing is known.</summary>
public abstract class FullRun(bool withFile, bool isJson) : GeneratorRatio("full run", withFile, isJson)
{
    public override double Limit => double.PositiveInfinity; // once in a build, and of files of different sizes: a figure to watch

    private protected override void Ready(GeneratorSide side) => side.Forget();
}

/// <summary>As an editor runs it after a keystroke in a method that has nothing to do with declared classes.</summary>
public abstract class UnrelatedEdit(bool withFile, bool isJson) : GeneratorRatio("unrelated edit", withFile, isJson)
{
    public override double Limit => 1;

    private protected override void Ready(GeneratorSide side) => side.EditUnrelated();
}

/// <summary>As an editor runs it after a keystroke in one declaration.</summary>
public abstract class EditOfOne(bool withFile, bool isJson) : GeneratorRatio("edit of one", withFile, isJson)
{
    public override double Limit => double.PositiveInfinity;

    private protected override void Ready(GeneratorSide side) => side.EditOne();
}
