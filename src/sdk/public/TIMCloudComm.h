/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * @file TIMCloudComm.h
 * What the other headers need of the compiler. Valid C11 and C++.
 */
#ifndef TIM_CLOUD_COMM_H
#define TIM_CLOUD_COMM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
/** visible outside the library, whose other symbols are hidden */
#define TIM_API __attribute__ ((visibility ("default")))
/** a constant of a header that a program may leave unused */
#define TIM_KEY __attribute__ ((unused)) static const char *const
#else
#define TIM_API
#define TIM_KEY static const char *const
#endif

#ifdef __cplusplus
/** stands before the declaration of every function of the library */
#define TIM_DECL extern "C" TIM_API
#else
#define TIM_DECL extern TIM_API
#endif

#endif
