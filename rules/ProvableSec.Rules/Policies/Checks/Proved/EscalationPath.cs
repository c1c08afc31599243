namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Actions by which their holder gets what somebody else may do.</summary>
/// <param name="Actions">All of them are needed; the one that the way is named after comes first.</param>
/// <param name="PassedTo">The service that is handed a role, so that <c>iam:PassRole</c> is needed too; null where none is.</param>
internal sealed record EscalationPath(string[] Actions, string? PassedTo = null)
{
    /// <summary>
    /// What is known of privilege escalation (Rhino Security Labs, "AWS IAM Privilege Escalation – Methods and Mitigation"; DataDog, pathfinding.cloud), each
    /// by the fewest
    /// actions that open it: a way that needs more is open where it is.
    /// </summary>
    public static IReadOnlyList<EscalationPath> All { get; } =
    [
        new(["iam:CreatePolicyVersion"]),
        new(["iam:SetDefaultPolicyVersion"]),
        new(["iam:CreateAccessKey"]),
        new(["iam:CreateLoginProfile"]),
        new(["iam:UpdateLoginProfile"]),
        new(["iam:AttachUserPolicy"]),
        new(["iam:AttachGroupPolicy"]),
        new(["iam:AttachRolePolicy"]),
        new(["iam:PutUserPolicy"]),
        new(["iam:PutGroupPolicy"]),
        new(["iam:PutRolePolicy"]),
        new(["iam:AddUserToGroup"]),
        new(["iam:UpdateAssumeRolePolicy"]),
        new(["sts:AssumeRole"]),
        new(["apprunner:CreateService"], "tasks.apprunner.amazonaws.com"),
        new(["apprunner:UpdateService"]),
        new(["bedrock-agentcore:CreateCodeInterpreter", "bedrock-agentcore:StartCodeInterpreterSession", "bedrock-agentcore:InvokeCodeInterpreter"],
            "bedrock-agentcore.amazonaws.com"),
        new(["bedrock-agentcore:InvokeCodeInterpreter", "bedrock-agentcore:StartCodeInterpreterSession"]),
        new(["cloudformation:CreateStack"], "cloudformation.amazonaws.com"),
        new(["cloudformation:UpdateStack"]),
        new(["cloudformation:CreateStackSet", "cloudformation:CreateStackInstances"], "cloudformation.amazonaws.com"),
        new(["cloudformation:UpdateStackSet"], "cloudformation.amazonaws.com"),
        new(["cloudformation:ExecuteChangeSet", "cloudformation:CreateChangeSet"]),
        new(["codebuild:StartBuild"]),
        new(["codebuild:StartBuildBatch"]),
        new(["datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition", "datapipeline:ActivatePipeline"], "datapipeline.amazonaws.com"),
        new(["ec2:RunInstances"], "ec2.amazonaws.com"),
        new(["ec2:RequestSpotInstances"], "ec2.amazonaws.com"),
        new(["ec2:ModifyInstanceAttribute", "ec2:StopInstances", "ec2:StartInstances"]),
        new(["ec2:CreateLaunchTemplateVersion", "ec2:ModifyLaunchTemplate"]),
        new(["ec2-instance-connect:SendSSHPublicKey", "ec2:DescribeInstances"]),
        new(["ecs:RunTask", "ecs:RegisterTaskDefinition"], "ecs-tasks.amazonaws.com"),
        new(["ecs:StartTask", "ecs:RegisterTaskDefinition"], "ecs-tasks.amazonaws.com"),
        new(["ecs:CreateService", "ecs:RegisterTaskDefinition"], "ecs-tasks.amazonaws.com"),
        new(["glue:CreateDevEndpoint"], "glue.amazonaws.com"),
        new(["glue:UpdateDevEndpoint"]),
        new(["glue:StartJobRun", "glue:CreateJob"], "glue.amazonaws.com"),
        new(["glue:StartJobRun", "glue:UpdateJob"], "glue.amazonaws.com"),
        new(["glue:CreateTrigger", "glue:CreateJob"], "glue.amazonaws.com"),
        new(["glue:CreateTrigger", "glue:UpdateJob"], "glue.amazonaws.com"),
        new(["lambda:InvokeFunction", "lambda:CreateFunction"], "lambda.amazonaws.com"),
        new(["lambda:CreateEventSourceMapping", "lambda:CreateFunction"], "lambda.amazonaws.com"),
        new(["lambda:AddPermission", "lambda:CreateFunction"], "lambda.amazonaws.com"),
        new(["lambda:UpdateFunctionCode"]),
        new(["sagemaker:CreateNotebookInstance"], "sagemaker.amazonaws.com"),
        new(["sagemaker:CreateTrainingJob"], "sagemaker.amazonaws.com"),
        new(["sagemaker:CreateProcessingJob"], "sagemaker.amazonaws.com"),
        new(["sagemaker:CreatePresignedNotebookInstanceUrl"]),
        new(["sagemaker:UpdateNotebookInstance", "sagemaker:CreateNotebookInstanceLifecycleConfig", "sagemaker:StopNotebookInstance",
            "sagemaker:StartNotebookInstance"]),
        new(["ssm:SendCommand"]),
        new(["ssm:StartSession"]),
    ];

    /// <summary>The way in a few words.</summary>
    public string Name => string.Join(" with ", PassedTo is null ? Actions : Actions.Append("iam:PassRole"));
}
