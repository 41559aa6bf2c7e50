using BenchmarkDotNet.Running;
using Typed.Benchmarks;
using Typed.Benchmarks.Ratios;
using Typed.Benchmarks.Ratios.Opening;

// What skips a test ends a benchmark.
Environment.SetEnvironmentVariable("TYPED_REQUIRE_POSTGRES", "1");
if (args is ["ratios", .. var filter])
{
    return await RatioRunner.RunAsync(filter.FirstOrDefault() ?? "");
}

if (args is ["open", var side, var connection])
{
    return await FirstUse.RunAsync(side, connection);
}

if (args is ["latency"])
{
    return await Latency.RunAsync();
}

if (args is ["sizes"])
{
    return await Sizes.RunAsync();
}

BenchmarkSwitcher.FromAssembly(typeof(RatioRunner).Assembly).Run(args);
return 0;
