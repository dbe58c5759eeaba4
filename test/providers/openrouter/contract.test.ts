import { describeContract } from '../contract/describe-contract.ts';
import { OPENROUTER_UNDER_TEST } from './under-test.ts';

describeContract(OPENROUTER_UNDER_TEST);
