using BenchmarkDotNet.Running;
using Typed.Benchmarks.Ratios;

// What skips a test ends a benchmark.
Environment.SetEnvironmentVariable("TYPED_REQUIRE_POSTGRES", "1");
if (args is ["ratios", .. var filter])
{
    return await RatioRunner.RunAsync(filter.FirstOrDefault() ?? "");
}

BenchmarkSwitcher.FromAssembly(typeof(RatioRunner).Assembly).Run(args);
return 0;
