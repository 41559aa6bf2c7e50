using BenchmarkDotNet.Running;
using Typed.Benchmarks.Ratios;

if (args is ["ratios", .. var filter])
{
    return await RatioRunner.RunAsync(filter.FirstOrDefault() ?? "");
}

BenchmarkSwitcher.FromAssembly(typeof(RatioRunner).Assembly).Run(args);
return 0;
