namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>INVALID_KMS_KEY_VALUE</c> of IAM Access Analyzer.</summary>
internal sealed class InvalidKmsKeyValueCheck() : ConditionCheck(new Rule(
    "PSEC3081",
    "Value that is not an ARN of a KMS key",
    RuleSeverity.Error,
    "Requests carry the ARN of the key, never its id or alias, so the condition never matches, or always.",
    "Write arn:aws:kms:region:account:key/id.",
    1286,
    "INVALID_KMS_KEY_VALUE"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.IsOnAny(KmsKeys))
        {
            foreach (CheckedText value in condition.Texts)
            {
                if (value.IsKnown && value.Text.IndexOf("${", StringComparison.Ordinal) < 0 && !GlobText.Overlap(value.Text, "arn:*:kms:*:*:key/*"))
                {
                    findings.Add(value, $"{value.Shown} is not an ARN of a KMS key, arn:aws:kms:region:account:key/id");
                }
            }
        }
    }

    private static readonly string[] KmsKeys = ["s3:x-amz-server-side-encryption-aws-kms-key-id", "sagemaker:VolumeKmsKey", "sagemaker:OutputKmsKey",
        "sagemaker:HomeEfsFileSystemKmsKey"];
}
