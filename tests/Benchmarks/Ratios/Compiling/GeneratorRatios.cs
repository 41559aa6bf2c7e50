namespace Typed.Benchmarks.Ratios.Compiling;

public sealed class FullRunToJson() : FullRun(withFile: false, isJson: true);

public sealed class FullRunToRefit() : FullRun(withFile: false, isJson: false);

public sealed class FullRunWithFileToJson() : FullRun(withFile: true, isJson: true);

public sealed class FullRunWithFileToRefit() : FullRun(withFile: true, isJson: false);

public sealed class UnrelatedEditToJson() : UnrelatedEdit(withFile: false, isJson: true);

public sealed class UnrelatedEditToRefit() : UnrelatedEdit(withFile: false, isJson: false);

public sealed class UnrelatedEditWithFileToJson() : UnrelatedEdit(withFile: true, isJson: true);

public sealed class UnrelatedEditWithFileToRefit() : UnrelatedEdit(withFile: true, isJson: false);

public sealed class EditOfOneToJson() : EditOfOne(withFile: false, isJson: true);

public sealed class EditOfOneToRefit() : EditOfOne(withFile: false, isJson: false);

public sealed class EditOfOneWithFileToJson() : EditOfOne(withFile: true, isJson: true);

public sealed class EditOfOneWithFileToRefit() : EditOfOne(withFile: true, isJson: false);
